package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.ops.Health;
import dev.lambdaconfig.ops.ManagementServer;
import org.junit.jupiter.api.Test;

/** The management port, taken or free. */
final class ManagementModuleTest {

  private static final Health HEALTH =
      new Health() {
        @Override
        public ProbeResult live() {
          return new ProbeResult(true, "ok");
        }

        @Override
        public ProbeResult ready() {
          return live();
        }
      };

  @Test
  void aPortThatIsTakenIsToBeReplacedByAnother() throws StartupException {
    // Given
    try (ManagementServer taken = ManagementModule.serve(0, HEALTH, () -> "")) {
      assertThat(taken.port()).isPositive();

      // When, Then
      assertThatExceptionOfType(StartupException.class)
          .isThrownBy(() -> ManagementModule.serve(taken.port(), HEALTH, () -> ""))
          .withMessageStartingWith("port " + taken.port() + " for probes and metrics")
          .withMessageEndingWith("choose another one with --management-port");
    }
  }
}
