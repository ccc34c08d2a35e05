package dev.lambdaconfig.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where and of what results were measured: without it they say nothing.
 *
 * @param load processors that others kept busy just before
 */
record Machine(
    int cores,
    String processor,
    String memory,
    String kernel,
    String jdk,
    double load,
    String commit) {

  /** The time over which the load is taken: the load average would be that of this build. */
  private static final Duration SAMPLE = Duration.ofSeconds(5);

  static Machine here(Path basedir) throws IOException, InterruptedException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    int cores = Runtime.getRuntime().availableProcessors();
    long bytes = system.getTotalMemorySize();
    return new Machine(
        cores,
        processorHere(),
        String.format(Locale.ROOT, "%.0f GB", bytes / 1e9),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version").replaceFirst("-.*", ""),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        busyProcessors(system, cores),
        commitIn(basedir));
  }

  private static double busyProcessors(OperatingSystemMXBean system, int cores)
      throws InterruptedException {
    // The first answer is about the time since the last one, which there was not yet.
    var unused = system.getCpuLoad();
    Thread.sleep(SAMPLE);
    return Math.max(0, system.getCpuLoad()) * cores;
  }

  private static String processorHere() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"))
          .lines()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String commitIn(Path basedir) throws IOException, InterruptedException {
    String commit = git(basedir, "rev-parse", "--short", "HEAD");
    boolean changed = !git(basedir, "status", "--porcelain", "--", "src/main", "pom.xml").isEmpty();
    return (commit.isEmpty() ? "unknown" : commit) + (changed ? ", and changes to it" : "");
  }

  /** What git answers; empty where there is no git, or no repository. */
  private static String git(Path basedir, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(basedir.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return "";
    }
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? answer.strip() : "";
  }

  /** Whether others were at work: then times are not the operator's alone. */
  boolean isBusy() {
    return load > cores / 4.0;
  }

  /** One line for people. */
  String text() {
    return "%d cores (%s), %s memory, %s, %s%s"
        .formatted(cores, processor, memory, kernel, jdk, warning());
  }

  /** What fits a chart. */
  String shortText() {
    return "%d cores, %s memory, JDK %s%s".formatted(cores, memory, Runtime.version(), warning());
  }

  private String warning() {
    return isBusy()
        ? String.format(Locale.ROOT, "; BUSY WITH OTHER WORK, %.1f processors busy before", load)
        : "";
  }
}
