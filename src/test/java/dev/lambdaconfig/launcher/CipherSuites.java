package dev.lambdaconfig.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cipher suites that the operator offers, as the JVM's options name them. */
final class CipherSuites {

  private static final String OPTION = "-Djdk.tls.client.cipherSuites=";

  private CipherSuites() {}

  static List<String> offered() throws IOException {
    return Files.readAllLines(Path.of("src/main/launcher/jvm.options")).stream()
        .filter(line -> line.startsWith(OPTION))
        .map(line -> List.of(line.substring(OPTION.length()).split(",")))
        .findFirst()
        .orElseThrow();
  }
}
