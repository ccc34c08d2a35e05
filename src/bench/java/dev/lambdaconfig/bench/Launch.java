package dev.lambdaconfig.bench;

import dev.lambdaconfig.launcher.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the operator is started: by the launcher that it is shipped with.
 *
 * @param environment all of it
 * @param home an empty folder
 */
record Launch(List<String> command, Map<String, String> environment, Path home) {

  private static final String LAUNCHER = "lambda-config-operator";
  private static final String CACHE = "LAMBDA_CONFIG_AOT_CACHE";
  private static final String JVM = "LAMBDA_CONFIG_JAVA_OPTIONS";

  /** Also where somebody has made a cache beside the jar. */
  private static final String WITHOUT_CACHE = "-XX:AOTMode=off";

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The launch for a fleet, without an AOT cache, as in the image. */
  static Launch of(
      BenchOptions options,
      Setting setting,
      Path kubeconfig,
      URI aws,
      List<String> more,
      Path home) {
    List<String> command = new ArrayList<>();
    command.add(launcher(options).toString());
    command.add("run");
    command.add("--sweep-interval=" + options.sweep().toSeconds() + "s");
    command.add("--management-port=0");
    if (!setting.isThrottled()) {
      command.add("--aws-max-requests-per-second=" + Setting.NO_BUDGET);
    }
    command.addAll(more);
    command.addAll(options.operator());
    Map<String, String> environment = java(options);
    environment.merge(JVM, WITHOUT_CACHE, (given, off) -> given + " " + off);
    environment.put("HOME", home.toString());
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ENDPOINT_URL", aws.toString());
    environment.put("AWS_ACCESS_KEY_ID", "benchmark");
    environment.put("AWS_SECRET_ACCESS_KEY", "benchmark");
    // As in the image.
    environment.put("LAMBDA_CONFIG_LOG_FORMAT", "json");
    return new Launch(command, environment, home);
  }

  /** The same with an AOT cache. */
  Launch with(Path cache) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(CACHE, cache.toString());
    changed.merge(JVM, "-XX:AOTMode=on", (given, on) -> given.replace(WITHOUT_CACHE, on));
    return new Launch(command, changed, home);
  }

  /** The same with one more option, and another endpoint of AWS. */
  Launch with(String option, URI aws) {
    List<String> longer = new ArrayList<>(command);
    longer.add(option);
    Map<String, String> changed = new HashMap<>(environment);
    changed.put("AWS_ENDPOINT_URL", aws.toString());
    return new Launch(longer, changed, home);
  }

  /** Makes an AOT cache for it, in that folder. */
  static Path train(BenchOptions options, Path folder) throws IOException, InterruptedException {
    Path cache = folder.resolve("operator.aot");
    Shell shell = new Shell(folder);
    java(options).forEach(shell::with);
    Shell.Result training =
        shell.run(launcher(options).toString(), "train-cache", cache.toString());
    if (training.exitCode() != 0) {
      throw new BenchmarkFailed("train-cache failed:\n" + training.output());
    }
    return cache;
  }

  private static Path launcher(BenchOptions options) {
    return options.jar().resolveSibling(LAUNCHER);
  }

  /** The environment in which the launcher takes this very Java. */
  private static Map<String, String> java(BenchOptions options) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put(JVM, String.join(" ", options.jvm()));
    return environment;
  }
}
