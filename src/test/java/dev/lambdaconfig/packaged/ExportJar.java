package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.cluster.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code java -jar ... export} in a process of its own, which writes to a folder. */
record ExportJar(Path home, Path output, URI aws) {

  ExportJar {
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts an export.
   *
   * @param limit what a shell runs before, such as {@code ulimit -f 4}
   * @param java options of the JVM
   */
  ChildProcess start(String limit, List<String> java, String... arguments) throws IOException {
    return start(
        limit,
        java,
        Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "secret"),
        arguments);
  }

  /** Starts an export with the credentials to which the given variables lead. */
  ChildProcess start(Map<String, String> credentials) throws IOException {
    return start("true", List.of(), credentials);
  }

  private ChildProcess start(
      String limit, List<String> java, Map<String, String> credentials, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", limit + "; exec \"$@\"", "bash"));
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(java);
    command.add("-XX:-UsePerfData");
    command.add("-jar");
    command.add(
        Path.of(requireNonNull(System.getProperty("operator.jar"))).toAbsolutePath().toString());
    command.addAll(List.of("export", "--output", output.toString()));
    command.addAll(List.of(arguments));
    Map<String, String> environment = new TreeMap<>(credentials);
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_ENDPOINT_URL", aws.toString());
    return ChildProcess.start(
        command, home, environment, Files.createTempFile(home, "export", ".log"));
  }

  ChildProcess start(String... arguments) throws IOException {
    return start("true", List.of(), arguments);
  }

  /** The texts of all files by their names; of parts of files too. */
  Map<String, String> files() throws IOException {
    if (!Files.exists(output)) {
      return Map.of();
    }
    Map<String, String> files = new TreeMap<>();
    List<Path> found;
    try (Stream<Path> paths = Files.walk(output)) {
      found = paths.filter(Files::isRegularFile).collect(Collectors.toList());
    }
    for (Path file : found) {
      files.put(output.relativize(file).toString(), Files.readString(file));
    }
    return files;
  }

  /** The number of files now, while others come. */
  int count() {
    String[] names = output.toFile().list((folder, name) -> name.endsWith(".yaml"));
    return names == null ? 0 : names.length;
  }
}
