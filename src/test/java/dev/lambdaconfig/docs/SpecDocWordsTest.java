package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons, Events and outcomes in docs/spec.md are those that the code reports. */
final class SpecDocWordsTest {

  @Test
  void everyReasonEventAndOutcomeIsThere() throws IOException {
    String document = SpecDocument.text();
    List<String> missing = new ArrayList<>();
    ReportedWords.all()
        .forEach(
            (word, file) -> {
              if (!document.contains("`" + word + "`")) {
                missing.add("`" + word + "`, of " + file);
              }
            });

    assertThat(missing)
        .as(
            "words that docs/spec.md does not explain: add a row to its tables of reasons or"
                + " events, or, if no user meets it, the word to ReportedWords.NOT_REPORTED")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"reasons", "events", "outcomes"})
  void noTableNamesWhatTheCodeNeverSays(String table) throws IOException {
    Set<String> known = ReportedWords.all().keySet();
    List<String> named = firstWords(SpecDocument.text(), table);

    assertThat(named).isNotEmpty();
    assertThat(named)
        .as("what the table of %s in docs/spec.md names and the code never says", table)
        .filteredOn(word -> !known.contains(word))
        .isEmpty();
  }

  /** The first word of each row of a table between markers. */
  static List<String> firstWords(String document, String table) {
    List<String> words = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("<!-- %s -->.*?<!-- /%s -->".formatted(table, table), Pattern.DOTALL)
            .matcher(document);
    while (blocks.find()) {
      Matcher rows = Pattern.compile("(?m)^\\| `(\\w+)`").matcher(blocks.group());
      while (rows.find()) {
        words.add(rows.group(1));
      }
    }
    return words;
  }
}
