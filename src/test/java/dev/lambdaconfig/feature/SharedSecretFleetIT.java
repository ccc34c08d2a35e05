package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.simulator.FaultRule;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Secret of a whole fleet: its rotation goes through the same brakes as a changed spec. */
final class SharedSecretFleetIT {

  private static final String SPEC =
      "environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key: password}}]}";

  /** Five failures, and those that are under way by then. */
  private static final int A_HANDFUL = 15;

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ValueObjects objects = new ValueObjects(operator);
  private final ValueReads reads = new ValueReads();

  @BeforeEach
  void start() throws Exception {
    operator.start(
        setup ->
            setup
                .withOptions(operator.options().withAwsMaxRequestsPerSecond(100))
                .withInterceptor(reads));
    objects.secret("db", Map.of("password", "first"));
  }

  @Test
  void aRotationIsOneUpdateOfEachFunctionAndFewReadsOfTheSecret() throws Exception {
    // Given
    Fleet fleet = Fleet.of(operator, 200, seed -> seed);
    fleet.apply(SPEC);
    fleet.awaitReady();
    operator.aws().requests().clear();
    reads.clear();

    // When
    objects.rotate("db", "password", "second");

    // Then
    awaitUpdates(fleet, 2);
    for (String name : fleet.names()) {
      assertThat(operator.aws().function(name).at("/Environment/Variables/PASSWORD").asText())
          .as(name)
          .isEqualTo("second");
    }
    assertThat(fleet.updates()).hasSize(200);
    assertThat(fleet.resources())
        .allSatisfy(
            resource ->
                assertThat(Objects.requireNonNull(resource.getStatus()).history)
                    .first()
                    .extracting(UpdateRecord::cause, UpdateRecord::outcome)
                    .containsExactly("ValueChanged", "Succeeded"));
    assertThat(reads.names()).as("reads of the Secret").hasSizeLessThan(100);
  }

  @Test
  void aBadValueStopsAfterAHandful() throws Exception {
    // Given: functions that have the value, for updates that succeed allow more at a time
    Fleet fleet =
        Fleet.of(
            operator,
            40,
            seed -> seed.with("{\"Environment\": {\"Variables\": {\"PASSWORD\": \"first\"}}}"));
    fleet.apply(SPEC);
    fleet.awaitReady();
    FaultRule bad =
        operator
            .aws()
            .faults()
            .onUpdates()
            .always()
            .thenAnswer(400, "InvalidParameterValueException", "The value cannot be used here");
    operator.aws().requests().clear();

    // When
    objects.rotate("db", "password", "bad");

    // Then
    fleet.await(
        "to have failed or to be paused",
        resource -> {
          var ready = Fleet.condition(resource, "Ready");
          return ready != null
              && (ready.reason().equals("InvalidParameterValueException")
                  || ready.reason().equals("UpdatesPaused"));
        });
    assertThat(fleet.updates()).hasSizeBetween(5, A_HANDFUL);

    // When: the value is corrected, and updates are resumed
    bad.cancel();
    objects.rotate("db", "password", "good");
    operator.resources().annotate("f-000", "lambdaconfig.dev/resume-updates-at", "1");

    // Then
    fleet.awaitReady();
    for (String name : fleet.names()) {
      assertThat(operator.aws().function(name).at("/Environment/Variables/PASSWORD").asText())
          .as(name)
          .isEqualTo("good");
    }
  }

  private static void awaitUpdates(Fleet fleet, int count) {
    fleet.await(
        "to have " + count + " updates, and to be Ready",
        resource ->
            Fleet.isReady(resource)
                && Objects.requireNonNull(Objects.requireNonNull(resource.getStatus()).history)
                        .size()
                    == count);
  }
}
