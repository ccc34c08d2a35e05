package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/security.md and SECURITY.md name tests as proofs: each of them is there, and each promise
 * has one.
 */
final class SecurityDocTest {

  private static final Path DOCUMENT = Path.of("docs/security.md");
  private static final Path THREAT_MODEL = Path.of("SECURITY.md");
  private static final Path TESTS = Path.of("src/test/java");

  private static final Pattern PROOF = Pattern.compile("`([A-Z]\\w+(?:IT|Test))\\.(\\w+)`");

  @Test
  void everyTestThatItNamesIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String proof : proofs(Files.readString(DOCUMENT) + Files.readString(THREAT_MODEL))) {
      int dot = proof.indexOf('.');
      if (!source(proof.substring(0, dot)).contains("void " + proof.substring(dot + 1) + "(")) {
        missing.add(proof);
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyPromiseHasAProof() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("| "))
            .filter(line -> !line.startsWith("| a tenant cannot |"))
            .filter(line -> !line.startsWith("| `--value-watch`"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(15);
    assertThat(rows).allSatisfy(row -> assertThat(proofs(row)).isNotEmpty());
  }

  @Test
  void everyThreatThatIsAvertedHasAProof() throws IOException {
    List<String> rows =
        Files.readAllLines(THREAT_MODEL).stream()
            .filter(line -> line.startsWith("| "))
            .filter(line -> !line.startsWith("| who |"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(10);
    assertThat(rows).allSatisfy(row -> assertThat(proofs(row)).isNotEmpty());
  }

  private static Set<String> proofs(String text) {
    Set<String> proofs = new TreeSet<>();
    PROOF
        .matcher(text)
        .results()
        .map(found -> found.group(1) + "." + found.group(2))
        .forEach(proofs::add);
    return proofs;
  }

  /** The source of a test class, or nothing where there is none. */
  private static String source(String type) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().equals(type + ".java"))
              .findFirst()
              .orElse(null);
      return file == null ? "" : Files.readString(file);
    }
  }
}
