package dev.lambdaconfig.bench;

import dev.lambdaconfig.launcher.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How an operator is started.
 *
 * @param environment all of it
 * @param home an empty folder
 * @param running the sign by which it says that it works, without placeholders
 */
record Launch(
    List<String> command,
    Map<String, String> environment,
    Path home,
    OperatorMapping.Running running) {

  private static final String CACHE = "LAMBDA_CONFIG_AOT_CACHE";
  private static final String JVM = "LAMBDA_CONFIG_JAVA_OPTIONS";

  private static final String WITH_CACHE = "-XX:AOTMode=on";

  /** The functions that the heap of the launcher is enough for. */
  private static final int USUAL = 10_000;

  /** In megabytes, by docs/performance.md: the heap of the launcher, and that of as many more. */
  private static final int USUAL_HEAP = 128;

  private static final int MORE_HEAP = 32;

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Where an operator finds what it works with. */
  record Surroundings(Path kubeconfig, URI aws, URI identity, String namespace, Path home) {}

  /** The launch for a fleet; of this operator without an AOT cache. */
  static Launch of(
      Candidate candidate, BenchOptions options, Setting setting, Surroundings surroundings)
      throws IOException {
    Map<String, Object> values = new HashMap<>();
    values.put("kubeconfig", surroundings.kubeconfig());
    values.put("endpoint", surroundings.aws());
    values.put("identityEndpoint", surroundings.identity());
    values.put("region", Estate.HOME_REGION);
    values.put("namespace", surroundings.namespace());
    values.put("home", surroundings.home());
    values.put("sweepSeconds", options.interval(setting).toSeconds());
    values.put("requestsPerSecond", setting.requestsPerSecond());
    values.put("port1", freePort());
    values.put("port2", freePort());
    OperatorMapping mapping = candidate.mapping();
    List<String> command = new ArrayList<>(candidate.command());
    mapping
        .process()
        .arguments()
        .forEach(argument -> command.add(new Template(argument).with(values)));
    Map<String, String> environment = ownEnvironment();
    environment.put("HOME", surroundings.home().toString());
    if (candidate.isPackaged()) {
      if (setting.estate().roles()) {
        command.add("--tenant-identity=required");
      }
      command.addAll(options.operator());
      environment.put(JVM, jvm(options, setting));
    }
    mapping
        .process()
        .environment()
        .forEach((name, value) -> environment.put(name, new Template(value).with(values)));
    String url = mapping.running().url();
    return new Launch(
        command,
        environment,
        surroundings.home(),
        new OperatorMapping.Running(
            mapping.running().log(), url == null ? null : new Template(url).with(values)));
  }

  private static String jvm(BenchOptions options, Setting setting) {
    int more = Math.ceilDiv(Math.max(0, setting.functions() - USUAL), USUAL);
    String heap = more == 0 ? "" : "-Xmx" + (USUAL_HEAP + MORE_HEAP * more) + "m ";
    return heap + options.jvm().stream().map(option -> option + " ").reduce("", String::concat);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The same with an AOT cache. */
  Launch with(Path cache) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(CACHE, cache.toString());
    changed.merge(JVM, WITH_CACHE, (given, on) -> given + " " + on);
    return new Launch(command, changed, home, running);
  }

  /** The same with one more option, and another endpoint of AWS. */
  Launch with(String option, URI aws) {
    List<String> longer = new ArrayList<>(command);
    longer.add(option);
    Map<String, String> changed = new HashMap<>(environment);
    changed.put("AWS_ENDPOINT_URL", aws.toString());
    return new Launch(longer, changed, home, running);
  }

  /** The same with one more option. */
  Launch with(String option) {
    List<String> longer = new ArrayList<>(command);
    longer.add(option);
    return new Launch(longer, environment, home, running);
  }

  /** Makes an AOT cache for it, in that folder. */
  Path train(Path folder) throws IOException, InterruptedException {
    Path cache = folder.resolve("operator.aot");
    Shell shell = new Shell(folder);
    ownEnvironment().forEach(shell::with);
    shell.with(JVM, environment.getOrDefault(JVM, ""));
    Shell.Result training = shell.run(command.getFirst(), "train-cache", cache.toString());
    if (training.exitCode() != 0) {
      throw new BenchmarkFailed("train-cache failed:\n" + training.output());
    }
    return cache;
  }

  /** The environment in which a launcher takes this very Java. */
  static Map<String, String> ownEnvironment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return environment;
  }
}
