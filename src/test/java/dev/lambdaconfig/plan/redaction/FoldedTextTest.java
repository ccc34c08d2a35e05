package dev.lambdaconfig.plan.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text has one form, however it was escaped; what is no escape stays as it is. */
final class FoldedTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          plain text         | plain text
          a\\u0041b          | aAb
          \\u0041            | A
          \\u004             | u004
          \\u00G1            | u00G1
          \\x41\\x42c        | ABc
          \\x4               | x4
          \\x4z              | x4z
          a\\"b              | a"b
          a\\nb\\rc\\td      | a b c d
          a\\bb\\fc\\vd      | a b c d
          a\\                | a
          a+b                | a b
          """)
  void backslashEscapesAreRead(String escaped, String folded) {
    assertThat(FoldedText.of(escaped.replace("\\\\", "\\"))).isEqualTo(folded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          %41%42c            | ABc
          %41                | A
          a%C3%A9b           | aéb
          %E2%82%AC          | €
          %4                 | %4
          %4G                | %4G
          %                  | %
          %41%4              | A%4
          %41%zz%42          | A%zzB
          %u0041             | A
          %u00411            | A1
          %u004              | %u004
          %u                 | %u
          100%               | 100%
          %2541              | A
          """)
  void percentEscapesAreRead(String escaped, String folded) {
    assertThat(FoldedText.of(escaped)).isEqualTo(folded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a&amp;b            | a&b
          &lt;a&gt;          | <a>
          &quot;a&apos;      | "a'
          &#65;&#66;         | AB
          &#x41;&#X42;       | AB
          &#x1F600;          | 😀
          &#;                | &#;
          &#x;               | &#x;
          &#12z;             | &#12z;
          &#xG;              | &#xG;
          &#999999;          | \uDB90\uDE3F
          &#1114112;         | &#1114112;
          &#xFFFFFF;         | &#xFFFFFF;
          &#x10FFFF;         | \uDBFF\uDFFF
          &;a                | &;a
          &                  | &
          a & b; c           | a & b; c
          &unknown;          | &unknown;
          &#0000065;         | &#0000065;
          &#000065;          | A
          &amp;amp;amp;lt;   | <
          """)
  void entitiesAreRead(String escaped, String folded) {
    assertThat(FoldedText.of(escaped)).isEqualTo(folded);
  }

  @Test
  void anEntityIsNoLongerThanTheLongestOne() {
    assertThat(FoldedText.of("&#x00041;")).isEqualTo("A");
    assertThat(FoldedText.of("&#12345678;")).isEqualTo("&#12345678;");
    assertThat(FoldedText.of("x&amp")).isEqualTo("x&amp");
  }

  @Test
  void whiteSpaceIsOneSpaceAndWhatIsNotShownIsLeftOut() {
    assertThat(FoldedText.of("a \t\n b")).isEqualTo("a b");
    assertThat(FoldedText.of("a\u00A0b")).isEqualTo("a b");
    assertThat(FoldedText.of("a \u200B b")).isEqualTo("a b");
    assertThat(FoldedText.of("a\u200Bb\u0000c")).isEqualTo("abc");
    assertThat(FoldedText.of("\uFF21\uFB01")).isEqualTo("Afi");
  }

  @Test
  void levelsOfEscapesAreReadToTheLast() {
    // Given
    String text = "\"s3cr3t\"";
    String escaped = text;
    for (int level = 0; level < 5; level++) {
      escaped = escaped.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    // Then
    assertThat(FoldedText.of(escaped)).isEqualTo(text);
  }

  @Test
  void base64WordsAreDecodedFromEachOfTheirLetters() {
    // Given
    String encoded =
        Base64.getEncoder().encodeToString("a-secret-values".getBytes(StandardCharsets.UTF_8));
    String urlSafe =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("??>>??>>secrets".getBytes(StandardCharsets.UTF_8));

    // Then
    assertThat(FoldedText.decoded("x " + encoded + " y")).contains("a-secret-values");
    assertThat(FoldedText.decoded("xyz" + encoded)).contains("a-secret-values");
    assertThat(FoldedText.decoded(urlSafe)).contains("??>>??>>secrets");
    assertThat(FoldedText.decoded("YS1zZWNyZX")).isEmpty();
    assertThat(FoldedText.decoded("YS1zZWNyZXQ")).contains("a-secr");
    assertThat(FoldedText.decoded("nothing of it")).isEmpty();
  }
}
