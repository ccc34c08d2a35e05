package dev.lambdaconfig.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the operator is started.
 *
 * @param environment all of it
 * @param home an empty folder
 */
record Launch(List<String> command, Map<String, String> environment, Path home) {

  /** The JVM options that the operator is shipped with, one a line; lines with # say why. */
  private static final String SHIPPED = "src/main/launcher/jvm.options";

  private static final List<String> OTHERWISE = List.of("-XX:+UseSerialGC", "-Xmx128m");

  private static final String BUDGET = "--aws-max-requests-per-second";

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * The launch for a fleet.
   *
   * @param known what {@link #help} told, for an operator may be older than this benchmark
   */
  static Launch of(
      BenchOptions options,
      Setting setting,
      Path kubeconfig,
      URI aws,
      List<String> more,
      String known,
      Path home)
      throws IOException {
    List<String> command = new ArrayList<>(java(options));
    command.add("run");
    command.add("--sweep-interval=" + options.sweep().toSeconds() + "s");
    command.add("--management-port=0");
    if (!setting.isThrottled() && known.contains(BUDGET)) {
      command.add(BUDGET + "=" + Setting.NO_BUDGET);
    }
    command.addAll(more);
    command.addAll(options.operator());
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/bin:/bin");
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

  /** The JVM and its options, up to the jar. */
  private static List<String> java(BenchOptions options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(jvm(options));
    command.add("-jar");
    command.add(options.jar().toString());
    return command;
  }

  /** The options of the operator's JVM. */
  static List<String> jvm(BenchOptions options) throws IOException {
    Path shipped = options.basedir().resolve(SHIPPED);
    if (!options.jvm().isEmpty()) {
      return options.jvm();
    }
    if (!Files.exists(shipped)) {
      return OTHERWISE;
    }
    return Files.readAllLines(shipped).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** What the operator tells of its options. */
  static String help(BenchOptions options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java(options));
    command.addAll(List.of("run", "--help"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new BenchmarkFailed("the operator does not start:\n" + help);
    }
    return help;
  }
}
