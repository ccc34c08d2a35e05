package dev.lambdaconfig.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of others within one line. */
final class OneLineTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 9, 10, 11, 12, 13, 27, 31, 127, 133, 155, 0x2028, 0x2029})
  void aControlCharacterIsEscaped(int character) {
    String escaped = OneLine.of("a" + (char) character + "b");

    assertThat(escaped).matches("a\\\\(n|r|t|u[0-9a-f]{4})b");
  }

  @Test
  void lineBreaksAreEscapedAsInJava() {
    assertThat(OneLine.of("a\r\nb\tc\u001b[2K")).isEqualTo("a\\r\\nb\\tc\\u001b[2K");
  }

  @Test
  void allOtherTextIsTheSame() {
    String text = "a \"b\" \\ ü 語 🚀 \u00a0";

    assertThat(OneLine.of(text)).isSameAs(text);
  }
}
