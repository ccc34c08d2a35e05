package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The facts of docs/aws.md have evidence and a date, and comments point to facts that exist. */
final class AwsDocTest {

  private static final Path DOCUMENT = Path.of("docs/aws.md");

  /** The places whose references to facts are checked. */
  private static final List<String> REFERRING =
      List.of("src", "docs", "helm", "deploy", "README.md", "CONTRIBUTING.md");

  /** A heading of the third level: its text is the anchor. */
  private static final Pattern FACT = Pattern.compile("(?m)^### (.+)$");

  private static final Pattern ANCHOR = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** A reference, in a comment or as the target of a link. */
  private static final Pattern REFERENCE = Pattern.compile("\\baws\\.md#([\\w-]+)");

  private static final Pattern EVIDENCE =
      Pattern.compile("\\*(recorded|reported|model|documented|assumed)\\*");

  private static final Pattern DATE = Pattern.compile("\\b20\\d\\d-[01]\\d(-[0-3]\\d)?\\b");

  @Test
  void eachFactHasAnEvidenceAndItsDate() throws IOException {
    Map<String, String> facts = facts(Files.readString(DOCUMENT));

    assertThat(facts).hasSizeGreaterThan(50);
    assertThat(facts)
        .allSatisfy(
            (anchor, text) -> {
              String evidence = text.substring(Math.max(0, text.indexOf("\nEvidence: ")));
              assertThat(evidence).startsWith("\nEvidence: ");
              assertThat(evidence).containsPattern(EVIDENCE).containsPattern(DATE);
              assertThat(text).as("the fact itself").doesNotStartWith("\n\nEvidence: ");
            });
  }

  @Test
  void eachAnchorIsAWordOfItsOwn() throws IOException {
    List<String> anchors =
        FACT.matcher(Files.readString(DOCUMENT)).results().map(AwsDocTest::first).toList();

    assertThat(anchors).doesNotHaveDuplicates().allMatch(ANCHOR.asMatchPredicate());
  }

  @Test
  void whatIsRecordedNamesItsRecordings() throws IOException {
    Map<String, String> facts = facts(Files.readString(DOCUMENT));

    assertThat(facts)
        .allSatisfy(
            (anchor, text) -> {
              if (text.contains("*recorded*")) {
                assertThat(text).as(anchor).containsPattern("`test_\\w+`\\s\\(\\d{3}");
              }
            });
  }

  @Test
  void eachReferenceIsToAFact() throws IOException {
    Map<String, String> facts = facts(Files.readString(DOCUMENT));

    List<String> broken = new ArrayList<>();
    for (Path file : referring()) {
      for (String anchor : references(Files.readString(file))) {
        if (!facts.containsKey(anchor)) {
          broken.add(file + ": " + anchor);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void aReferenceIsFoundInACommentAndInALink() {
    String text =
        """
        // docs/aws.md#clear-dead-letter
        see [the fact](aws.md#no-op-update).
        """;

    assertThat(references(text)).containsExactly("clear-dead-letter", "no-op-update");
  }

  private static Set<String> references(String text) {
    Set<String> references = new TreeSet<>();
    REFERENCE.matcher(text).results().map(AwsDocTest::first).forEach(references::add);
    return references;
  }

  /** The text of each fact, by anchor. */
  private static Map<String, String> facts(String document) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String section : document.split("\n(?=##)", -1)) {
      Matcher heading = FACT.matcher(section);
      if (heading.lookingAt()) {
        facts.put(heading.group(1), section.substring(heading.end()));
      }
    }
    return facts;
  }

  private static List<Path> referring() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : REFERRING) {
      try (Stream<Path> found = Files.walk(Path.of(place))) {
        found
            .filter(Files::isRegularFile)
            .filter(file -> file.toString().matches(".*\\.(java|md|yaml|txt|tpl)"))
            .filter(file -> !file.endsWith("AwsDocTest.java"))
            .forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(300);
    return files;
  }

  private static String first(MatchResult found) {
    return found.group(1);
  }
}
