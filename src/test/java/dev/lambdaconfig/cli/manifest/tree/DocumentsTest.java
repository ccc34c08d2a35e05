package dev.lambdaconfig.cli.manifest.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text becomes trees with positions, or a fault with its position. */
final class DocumentsTest {

  private final List<Document> documents = new ArrayList<>();
  private final List<TextFault> faults = new ArrayList<>();

  private void read(String text) {
    read(text, false);
  }

  private void read(String text, boolean isJson) {
    new Documents(new Allowance(), documents::add, faults::add).read(text, isJson);
  }

  private Position position(String path) {
    return documents.getFirst().positions().of(path);
  }

  private String json() {
    return documents.getFirst().root().toString();
  }

  @Nested
  final class Positions {

    @Test
    void areThoseOfKeysAndItems() {
      read("a:\n  b: [1,\n    2]\n  c.d/e: x\nf:\n- g: 1\n");

      assertThat(position("a.b")).isEqualTo(new Position(2, 3));
      assertThat(position("a.b[1]")).isEqualTo(new Position(3, 5));
      assertThat(position("a.c.d/e")).isEqualTo(new Position(4, 3));
      assertThat(position("a[c.d/e]")).isEqualTo(new Position(4, 3));
      assertThat(position("f[0].g")).isEqualTo(new Position(6, 3));
      assertThat(position("")).isEqualTo(Position.START);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a.x", "a.x.y[3]", "a.b.c", "a.b[7]", "a.b[x", "a.b]", "a..", "[9999999999]"})
    void ofWhatIsMissingAreThoseOfItsParent(String path) {
      read("a:\n  b: [1]\n");

      assertThat(position(path).line()).isIn(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void countTheLinesOfAllDocuments(String lineBreak) {
      read(
          String.join(lineBreak, "---", "# Source: x", "a: 1", "---", "", "b: 'x", "  y'", "c: 2"));

      assertThat(faults).isEmpty();
      assertThat(documents).hasSize(2);
      assertThat(documents.getLast().positions().of("c")).isEqualTo(new Position(8, 1));
    }

    @Test
    void ofAnAliasIsWhereItStands() {
      read("a: &x {b: 1}\nc: *x\n");

      assertThat(position("c")).isEqualTo(new Position(2, 1));
      assertThat(position("c.b")).isEqualTo(new Position(1, 8));
    }

    @Test
    void ofJsonAreTheSame() {
      read("{\"a\":\n  {\"b\": [1, 2]}}", true);

      assertThat(position("a.b[1]")).isEqualTo(new Position(2, 13));
    }
  }

  @Nested
  final class Values {

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        value = {
          "yes,true",
          "off,false",
          "y,true",
          "~,null",
          "010,8",
          "0o10,8",
          "0x1F,31",
          "0b11,3",
          "-0b11,-3",
          "08,8",
          "1_000,1000",
          "1e3,1000",
          "3.0,3",
          ".5,0.5",
          "+1,1",
          "1.,1",
          "99999999999999999999,1.0E20",
          "1e400,\"1e400\"",
          "2026-11-26,\"2026-11-26\"",
          "1:30,\"1:30\"",
          "'5',\"5\"",
          "!!str 5,\"5\"",
          "!x 5,5",
          "! 5,\"5\"",
          "!!binary YQ==,\"a\"",
          "0x,\"0x\"",
          "_1,\"_1\"",
          "+,\"+\"",
          "yEs,\"yEs\"",
          "\"\\ud83d\\ude00\",\"😀\"",
          "null,null",
          "-,[null]"
        })
    void areWhatKubectlReads(String scalar, String value) {
      read("a: \n  " + scalar);

      assertThat(faults).isEmpty();
      assertThat(json()).isEqualTo("{\"a\":" + value + "}");
    }

    @Test
    void ofKeysAreTexts() {
      read("{5: a, yes: b, 010: c, 'on': d, 1.5: e}");

      assertThat(json())
          .isEqualTo("{\"5\":\"a\",\"true\":\"b\",\"8\":\"c\",\"on\":\"d\",\"1.5\":\"e\"}");
    }

    @Test
    void ofMergedMapsYieldToThoseOfTheMap() {
      read("a: &a {x: 1, w: 1}\nb: &b {w: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd:\n  <<: *b\n");

      assertThat(json()).contains("\"c\":{\"x\":3,\"w\":1,\"z\":2}", "\"d\":{\"w\":2,\"z\":2}");
    }

    @Test
    void ofJsonHaveLongKeys() {
      String key = "k".repeat(5000);
      read("{\"" + key + "\":\t\"\\/\"}");

      assertThat(json()).isEqualTo("{\"" + key + "\":\"/\"}");
    }
  }

  @Nested
  final class Faults {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "a: 1\\n b: 2|2|3",
          "a: [1,\\nb: 2|2|5",
          "a: 'x\\n|2|1",
          "a:\\n\\t- b|2|1",
          "a: *x|1|4",
          "a: .inf|1|4",
          "a: 1\\nb: \u0007x|2|4",
          "? [a]\\n: 1|1|3",
          "? *x\\n: 1|1|3",
          "~: 1|1|1",
          "<<: 5|1|1",
          "a: !!binary '*'|1|4",
          "a: &a [*a]|1|8",
        })
    void haveAPositionAndSayWhatToWrite(String text, int line, int column) {
      read(text.replace("\\n", "\n").replace("\\t", "\t"));

      assertThat(faults).as(text).hasSize(1);
      assertThat(faults.getFirst().position()).isEqualTo(new Position(line, column));
      assertThat(faults.getFirst().message()).contains(": ").hasSizeLessThan(500);
    }

    @Test
    void ofOneDocumentLoseNoOther() {
      read("a: 1\n---\nb: [\n---\nc: 3\n---\nd: {{ .x }}\n---\ne: 5");

      assertThat(documents)
          .extracting(each -> each.root().toString())
          .containsExactly("{\"a\":1}", "{\"c\":3}", "{\"e\":5}");
      assertThat(faults).extracting(fault -> fault.position().line()).containsExactly(4, 7);
      assertThat(faults.getLast().message()).contains("a template: render it first");
    }

    @Test
    void ofDuplicateKeysStayWithTheDocument() {
      read("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n");

      assertThat(documents.getFirst().faults())
          .containsExactly(
              new TextFault(new Position(5, 3), "the key c is also on line 3: remove one of them"),
              new TextFault(new Position(6, 1), "the key a is also on line 1: remove one of them"));
      assertThat(json()).contains("\"c\":3");
    }

    @Test
    void ofJsonDoNotQuoteIt() {
      read("{\"a\": 1}\n{\"a\": 1,\n \"password\": hunter2}", true);

      assertThat(documents).hasSize(1);
      assertThat(faults).hasSize(1);
      assertThat(faults.getFirst().position().line()).isEqualTo(3);
      assertThat(faults.getFirst().message()).doesNotContain("hunter2");
    }

    @Test
    void ofFlowStyleThatIsNoJsonAreNone() {
      read("{a: 1, b: [x]}");

      assertThat(json()).isEqualTo("{\"a\":1,\"b\":[\"x\"]}");
    }
  }

  @Nested
  final class Bounds {

    /** Seconds that no machine takes, however busy it is. */
    private static final int SAFETY = 900;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "- ", "? "})
    @Timeout(SAFETY)
    void ofDepthHold(String opening) {
      read(opening.repeat(100_000));

      assertThat(faults).hasSize(1);
      assertThat(faults.getFirst().message()).containsAnyOf("nested in more than 100", "as a key");
    }

    @Test
    @Timeout(SAFETY)
    void ofAliasesHold() {
      StringBuilder bomb = new StringBuilder("a: &a0 [x, x, x, x, x, x, x, x, x]\n");
      for (int i = 1; i < 20; i++) {
        bomb.append(
            "b%d: &a%d [%s]\n"
                .formatted(i, i, String.join(",", Collections.nCopies(9, "*a" + (i - 1)))));
      }
      read(bomb.toString());
      read("a: &a '%s'\nb: [%s]".formatted("x".repeat(100_000), "*a,".repeat(100_000)));

      assertThat(faults).hasSize(2);
      assertThat(faults).allMatch(fault -> fault.message().contains("aliases repeat more than"));
    }

    @Test
    @Timeout(SAFETY)
    void ofValuesHold() {
      read("[" + "1,".repeat(3_000_000) + "1]");
      read("a:\n" + "- 1\n".repeat(2_000_000));

      assertThat(faults).hasSize(2);
      assertThat(faults).allMatch(fault -> fault.message().contains("more than 1000000 values"));
    }

    @Test
    @Timeout(SAFETY)
    void ofTimeHoldForWhatIsTriedTwice() {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long start = threads.getCurrentThreadCpuTime();
      read("{" + "\"a\": {},".repeat(200_000) + "b: 1}");
      read("a: " + "9".repeat(5_000_000) + "\n? " + "x".repeat(5_000_000) + "\n: 1");
      read("a:\n" + "  <<: [{}]\n".repeat(100_000));

      assertThat(faults).isEmpty();
      assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
          .isLessThan(Duration.ofSeconds(50));
    }
  }
}
