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
}
