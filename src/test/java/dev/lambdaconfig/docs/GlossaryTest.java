package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The glossary of CONTRIBUTING.md speaks of the code as it is. */
final class GlossaryTest {

  private static final Path DOCUMENT = Path.of("CONTRIBUTING.md");
  private static final Path MAIN = Path.of("src/main/java");

  private static final Pattern WORD = Pattern.compile("`([A-Z]\\w+)`");

  /** A type, or a constant of an enumeration. */
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|enum|interface) (\\w+)|(?m)^ +([A-Z][A-Z_]+)[,;]?$");

  @Test
  void eachWordIsDeclaredInTheCode() throws IOException {
    Set<String> words = new TreeSet<>();
    for (String row : rows()) {
      WORD.matcher(words(row)).results().forEach(word -> words.add(word.group(1)));
    }

    assertThat(words).hasSizeGreaterThan(100);
    words.removeAll(declared());
    assertThat(words)
        .as("words of the glossary that no class has: rename or remove them")
        .isEmpty();
  }

  @Test
  void noWordIsExplainedTwice() throws IOException {
    assertThat(
            rows().stream()
                .flatMap(row -> WORD.matcher(words(row)).results())
                .map(word -> word.group(1)))
        .doesNotHaveDuplicates();
  }

  @Test
  void eachRowHasAMeaning() throws IOException {
    assertThat(rows()).allMatch(row -> row.matches("\\| `\\w+`(, `\\w+`)* \\| \\S.{9,} \\|"));
  }

  private static List<String> rows() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf("\n## Glossary\n");
    int end = document.indexOf("\n## ", begin + 1);
    assertThat(begin).isPositive();
    return document.substring(begin, end).lines().filter(line -> line.startsWith("| `")).toList();
  }

  /** The first cell of a row. */
  private static String words(String row) {
    return row.substring(0, row.indexOf(" | "));
  }

  private static Set<String> declared() throws IOException {
    Set<String> declared = new TreeSet<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        DECLARED
            .matcher(Files.readString(file))
            .results()
            .forEach(type -> declared.add(type.group(1) == null ? type.group(2) : type.group(1)));
      }
    }
    return declared;
  }
}
