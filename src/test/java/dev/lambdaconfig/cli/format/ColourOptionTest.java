package dev.lambdaconfig.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.format.ColourOption.When;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The choice of colours. */
final class ColourOptionTest {

  @Test
  void aChoiceHoldsWhateverTheStreamIs() {
    Map<String, String> terminal = Map.of("NO_COLOR", "1", "TERM", "dumb");

    assertThat(new ColourOption(When.ALWAYS).showsColours(terminal)).isTrue();
    assertThat(new ColourOption(When.NEVER).showsColours(terminal)).isFalse();
  }

  @Test
  void aDumbTerminalHasNoColours() {
    assertThat(new ColourOption(When.AUTO).showsColours(Map.of("TERM", "dumb"))).isFalse();
    assertThat(new ColourOption(When.AUTO).showsColours(Map.of())).isFalse();
  }

  /** Also of a stream that leads to a terminal, and also those that erase a line of progress. */
  @Test
  void variablesForbidEscapes() {
    String term = "xterm-256color";

    assertThat(StandardStream.allowsEscapes(Map.of("TERM", term))).isTrue();
    assertThat(StandardStream.allowsEscapes(Map.of("TERM", term, "NO_COLOR", ""))).isTrue();
    assertThat(StandardStream.allowsEscapes(Map.of("TERM", term, "NO_COLOR", "1"))).isFalse();
    assertThat(StandardStream.allowsEscapes(Map.of("TERM", "dumb"))).isFalse();
    assertThat(StandardStream.allowsEscapes(Map.of())).isFalse();
  }
}
