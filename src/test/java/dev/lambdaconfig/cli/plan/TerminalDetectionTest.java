package dev.lambdaconfig.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.plan.PlanOptions.Colour;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The choice of colours. */
final class TerminalDetectionTest {

  @Test
  void aChoiceHoldsWhateverTheStreamIs() {
    TerminalDetection terminal = new TerminalDetection(Map.of("NO_COLOR", "1", "TERM", "dumb"));

    assertThat(terminal.coloured(Colour.ALWAYS)).isTrue();
    assertThat(terminal.coloured(Colour.NEVER)).isFalse();
  }

  @Test
  void aDumbTerminalHasNoColours() {
    assertThat(new TerminalDetection(Map.of("TERM", "dumb")).coloured(Colour.AUTO)).isFalse();
    assertThat(new TerminalDetection(Map.of()).coloured(Colour.AUTO)).isFalse();
  }
}
