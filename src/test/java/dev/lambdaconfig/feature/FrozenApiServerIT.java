package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API server accepts connections and does not answer: the leader ends before another one can
 * lead.
 */
final class FrozenApiServerIT {

  /** Ten seconds, and what a busy machine needs; the Lease itself would be another's by then. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static final Pattern AGE = Pattern.compile("renewedSecondsAgo\\W+(\\d+)");

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().startedByTest().withSeparateApiServer();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void aLeaderWhoseApiServerHangsEndsAtOnceAndSaysWhy() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    try (OperatorJar jar =
        operator.startJar(folder.resolve("leader"), Map.of("LAMBDA_CONFIG_LEADER_ELECT", "true"))) {
      resources.apply("orders", "functionName: orders\ntimeout: 30");
      resources.awaitReady("orders");

      // When
      try (ApiServer.Outage frozen = freeze()) {
        requireNonNull(frozen);

        // Then
        assertThat(jar.exitCode(LIMIT)).as(jar::tail).isEqualTo(1);
      }
      assertThat(jar.log()).contains("the Lease could not be renewed in time");
      Matcher age = AGE.matcher(jar.log());
      assertThat(age.find()).as(jar::tail).isTrue();
      assertThat(Integer.parseInt(age.group(1))).isBetween(10, 30);
    }
  }

  private ApiServer.Outage freeze() {
    try {
      return operator.server().freeze();
    } catch (UnsupportedOperationException e) {
      return Assumptions.abort("nobody freezes a cluster that was given for tests");
    }
  }
}
