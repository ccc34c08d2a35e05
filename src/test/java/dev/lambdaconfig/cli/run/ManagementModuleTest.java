package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.ops.Health;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The management port and the debug port, taken or free. */
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
    try (ManagementModule.Ports ports = serve(0, null)) {
      int taken = ports.management().port();
      assertThat(taken).isPositive();
      assertThat(ports.debug()).isNull();

      // When, Then
      assertThatExceptionOfType(StartupException.class)
          .isThrownBy(() -> serve(taken, null))
          .withMessageStartingWith("port " + taken + " for probes and metrics")
          .withMessageEndingWith("choose another one with --management-port");
    }
  }

  @Test
  void aDebugPortThatIsTakenIsToBeReplacedByAnother() throws StartupException {
    // Given
    try (ManagementModule.Ports ports = serve(0, 0)) {
      int taken = Objects.requireNonNull(ports.debug()).port();
      assertThat(taken).isPositive();

      // When, Then
      assertThatExceptionOfType(StartupException.class)
          .isThrownBy(() -> serve(0, taken))
          .withMessageStartingWith("port " + taken + " for /debug/state")
          .withMessageEndingWith("choose another one with --debug-port");
    }
  }

  private static ManagementModule.Ports serve(int port, @Nullable Integer debugPort)
      throws StartupException {
    return ManagementModule.serve(port, debugPort, HEALTH, () -> "", () -> "{}");
  }
}
