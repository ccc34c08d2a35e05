package dev.lambdaconfig.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of Javadoc summaries: a noun phrase or a verb in the third person. */
final class JavadocTest {

  /** The first words of a summary, on the line of its opening or on the next one. */
  private static final Pattern SUMMARY = Pattern.compile("/\\*\\*\\s*(?:\\*\\s+)?(\\w+)\\b.*");

  /** Questions and prepositions, which leave the reader to find the subject. */
  private static final Pattern WITHOUT_SUBJECT =
      Pattern.compile(
          "What|Why|When|Where|Since|How|Which|Who|Whose|Of|On|In|At|By|For|From|To|With|Without|As|So"
              + "|That|Has|Is");

  @Test
  void aSummaryNamesItsSubject() throws IOException {
    List<String> broken = new ArrayList<>();
    int summaries = 0;
    for (Path source : sources()) {
      Matcher summary = SUMMARY.matcher(Files.readString(source));
      while (summary.find()) {
        summaries++;
        if (isWithoutSubject(summary)) {
          broken.add(source.getFileName() + ": " + summary.group());
        }
      }
    }

    assertThat(summaries).as("summaries").isGreaterThan(1000);
    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/** What it does. */", "/**\n   * Of no resource.\n   */", "/** Is it. */"})
  void aSummaryWithoutSubjectIsFound(String comment) {
    Matcher summary = SUMMARY.matcher(comment);

    assertThat(summary.find() && isWithoutSubject(summary)).isTrue();
  }

  private static boolean isWithoutSubject(Matcher summary) {
    return WITHOUT_SUBJECT.matcher(summary.group(1)).matches();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
