package dev.lambdaconfig.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half a character that an endpoint sends does not reach a status. */
final class WholeTextTest {

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "'', ''",
    "\ud83d\ude00, \ud83d\ude00",
    "a\ud83d, a\ufffd",
    "\ude00a, \ufffda",
    "\ude00\ud83d, \ufffd\ufffd",
    "\ud83d\ud83d\ude00, \ufffd\ud83d\ude00"
  })
  void eachHalfIsReplaced(String text, String whole) {
    assertThat(WholeText.of(text)).isEqualTo(whole);
  }

  @Test
  void aTextIsNotCutWithinACharacter() {
    assertThat(WholeText.start("ab\ud83d\ude00", 3)).isEqualTo("ab");
    assertThat(WholeText.start("ab\ud83d\ude00", 4)).isEqualTo("ab\ud83d\ude00");
    assertThat(WholeText.start("abc", 2)).isEqualTo("ab");
    assertThat(WholeText.shortened("abc", 3)).isEqualTo("abc");
    assertThat(WholeText.shortened("ab\ud83d\ude00", 3)).isEqualTo("ab…");
  }

  @Test
  void valuesAndFailuresHaveWholeTexts() {
    assertThat(Value.text("a\ud83d")).hasToString("a\ufffd");
    assertThat(new Failure("Code", "said \ud83d", 400, null).message()).isEqualTo("said \ufffd");
    assertThat(new Failure("Code", null, 400, null).message()).isNull();
  }
}
