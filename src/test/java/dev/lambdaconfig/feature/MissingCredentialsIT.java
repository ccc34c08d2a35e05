package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.metrics.Scrape;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The metrics of an operator without credentials, by which {@code LambdaConfigNoCredentials} and
 * {@code LambdaConfigAllRetrying} fire, and of one that is busy, by which they do not.
 */
final class MissingCredentialsIT {

  private static final List<String> NAMES = List.of("orders", "mail", "reports");

  private static final String CALLS = "lambdaconfig_aws_requests_seconds_count";
  private static final String RETRYING = "lambdaconfig_resources_retrying";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().withUpdateTime(Duration.ofSeconds(5)).startedByTest();

  private final ResourceClient resources = operator.resources();
  private final AtomicBoolean available = new AtomicBoolean();

  @Test
  void eachResourceIsTriedAgainUntilTheyAreThere() throws Exception {
    // Given
    applyAll();

    // When
    operator.start(setup -> setup.withCredentials(credentials()));

    // Then
    await(
        () -> {
          Scrape scrape = operator.scrape();
          assertThat(scrape.sum(RETRYING, Map.of("reason", "CredentialsUnavailable"))).isEqualTo(3);
          assertThat(ready(scrape, "False")).isEqualTo(3);
          assertThat(scrape.sum(CALLS, Map.of("outcome", "Unauthenticated")))
              .isGreaterThanOrEqualTo(3)
              .isEqualTo(scrape.sum(CALLS, Map.of()));
        });

    // When
    available.set(true);

    // Then
    NAMES.forEach(resources::awaitReady);
    await(() -> assertThat(operator.scrape().all(RETRYING)).isEmpty());
  }

  @Test
  void aRestartWithoutThemShowsInResourcesThatWereInSync() throws Exception {
    // Given
    applyAll();
    operator.start();
    NAMES.forEach(resources::awaitReady);

    // When
    operator.stop();
    operator.start(setup -> setup.withCredentials(credentials()));

    // Then
    await(
        () ->
            assertThat(operator.scrape().sum(RETRYING, Map.of("reason", "CredentialsUnavailable")))
                .isEqualTo(3));
  }

  @Test
  void aChangeToAllIsNoFailure() throws Exception {
    // Given
    applyAll();
    NAMES.forEach(name -> operator.aws().faults().onUpdates().of(name).always().thenHoldUpdate());

    // When
    operator.start();

    // Then
    await(
        () -> {
          Scrape scrape = operator.scrape();
          assertThat(ready(scrape, "False")).isEqualTo(3);
          assertThat(scrape.all(RETRYING)).isEmpty();
          assertThat(scrape.sum(CALLS, Map.of("outcome", "Success"))).isPositive();
          assertThat(scrape.sum(CALLS, Map.of("outcome", "Unauthenticated"))).isZero();
        });
  }

  private void applyAll() {
    for (String name : NAMES) {
      operator.aws().createFunction(FunctionSeed.zip(name));
      resources.apply(name, "functionName: " + name + "\ntimeout: 30");
    }
  }

  private AwsCredentialsProvider credentials() {
    AwsCredentialsProvider given = OperatorSetup.credentials(OperatorSetup.ACCESS_KEY);
    return () -> {
      if (available.get()) {
        return given.resolveCredentials();
      }
      throw SdkClientException.create("Unable to load credentials from any of the providers");
    };
  }

  private static double ready(Scrape scrape, String status) {
    return scrape.sum("lambdaconfig_resources", Map.of("condition", "Ready", "status", status));
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(assertion);
  }
}
