package dev.lambdaconfig.controller.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.PlainValues;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of a function to plan from, and what is not. */
final class ObservationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String AT_REST =
      """
      {"FunctionName": "orders", "RevisionId": "r1", "State": "Active",
       "LastUpdateStatus": "Successful", "Timeout": 3, "MemorySize": 128,
       "CodeSize": 12345678901, "EphemeralStorage": {"Size": 512},
       "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:123456789012:layer:deps:7", "CodeSize": 9}],
       "Environment": {"Variables": {"LEVEL": "info", "TOKEN": "canary-4711"}}}
      """;

  private final ValueFingerprint fingerprint = new ValueFingerprint();
  private Observation observation = Observation.NEVER;

  private static ObservedFunction function(String json) {
    try {
      Object plain = JSON.readValue(json, Map.class);
      return new ObservedFunction((Value.Structure) requireNonNull(PlainValues.value(plain)));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Desired desired(String json) {
    try {
      return Desired.of(JSON.readValue(json, LambdaFunctionConfigSpec.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void read(String json) {
    observation = observation.answered(new Answer.Described(function(json)), fingerprint);
  }

  @Test
  void aChangedSpecIsPlannedFromTheLastRead() {
    // Given
    read(AT_REST);
    observation = observation.judged(DesiredVersion.of(1));
    Desired changed = desired("{\"functionName\": \"orders\", \"timeout\": 30}");

    // When
    ObservedFunction kept = observation.plannable(DesiredVersion.of(2), changed, fingerprint);

    // Then
    assertThat(Diff.between(changed, requireNonNull(kept)).fields()).containsExactly("timeout");
    assertThat(kept.revisionId()).isEqualTo("r1");
    assertThat(kept.configuration().wholeAt("CodeSize")).isEqualTo(12345678901L);
  }

  @Test
  void theSpecThatAReadHasJudgedIsNotPlannedFromIt() {
    // Given
    read(AT_REST);
    observation = observation.judged(DesiredVersion.of(1));

    // Then
    assertThat(
            observation.plannable(
                DesiredVersion.of(1), desired("{\"functionName\": \"orders\"}"), fingerprint))
        .isNull();
  }

  @Test
  void anUpdateThatWaitsForItsTurnIs() {
    // Given
    read(AT_REST);
    observation = observation.judged(DesiredVersion.of(1));
    observation = observation.queued(true, true);

    // Then
    assertThat(
            observation.plannable(
                DesiredVersion.of(1), desired("{\"functionName\": \"orders\"}"), fingerprint))
        .isNotNull();
    assertThat(observation.isRequested()).isTrue();
  }

  @Test
  void valuesOfTheEnvironmentAreKnownOnlyWhereTheSpecSaysThem() {
    // Given
    read(AT_REST);
    Desired same =
        desired(
            "{\"functionName\": \"orders\", \"environment\": {\"variables\":"
                + " {\"LEVEL\": \"info\", \"TOKEN\": \"canary-4711\"}}}");
    Desired other =
        desired(
            "{\"functionName\": \"orders\", \"environment\": {\"variables\": {\"LEVEL\":"
                + " \"debug\"}}}");

    // When
    ObservedFunction forSame =
        requireNonNull(observation.plannable(DesiredVersion.of(2), same, fingerprint));
    ObservedFunction forOther =
        requireNonNull(observation.plannable(DesiredVersion.of(2), other, fingerprint));

    // Then
    assertThat(Diff.between(same, forSame).isEmpty()).isTrue();
    assertThat(Diff.between(other, forOther).differences())
        .extracting(difference -> difference.path() + " " + difference.desired())
        .containsExactly(
            "environment.variables.LEVEL differs", "environment.variables.TOKEN extra");
    assertThat(forOther.environment().values())
        .allSatisfy(
            value ->
                assertThat(((Value.Secret) value).text()).doesNotContain("canary-4711", "info"));
  }

  @Test
  void onlyAFunctionAtRestIsKept() {
    // When
    read(AT_REST.replace("Successful", "InProgress"));

    // Then
    assertThat(
            observation.plannable(
                DesiredVersion.of(1), desired("{\"functionName\": \"orders\"}"), fingerprint))
        .isNull();
    assertThat(observation.isNever()).isFalse();
  }

  @Test
  void aFunctionWithoutRevisionIsNotKept() {
    // When
    read(AT_REST.replace("RevisionId", "SomethingElse"));

    // Then
    assertThat(
            observation.plannable(
                DesiredVersion.of(1), desired("{\"functionName\": \"orders\"}"), fingerprint))
        .isNull();
  }

  @Test
  void whatASweepSawToHaveChangedIsNotPlannedFrom() {
    // Given
    read(AT_REST);

    // When
    observation = observation.stale();

    // Then
    assertThat(
            observation.plannable(
                DesiredVersion.of(1), desired("{\"functionName\": \"orders\"}"), fingerprint))
        .isNull();
  }
}
