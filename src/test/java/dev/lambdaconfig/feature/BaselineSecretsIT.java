package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.deploy.ChartRights;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of an environment that are kept under {@code deletionPolicy: Restore}. */
final class BaselineSecretsIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .granting(ChartRights.Feature.RESTORE)
          .withRestoreTimeout(Duration.ofSeconds(20));

  private final ResourceClient resources = operator.resources();

  private final BaselineSecrets baselines = new BaselineSecrets(operator);

  @Test
  void aRefusedUpdateLeavesNoValueAnywhere() {
    // Given: an update that would clear the environment, and that AWS refuses
    operator.aws().createFunction(BaselineSecrets.PAYROLL);
    operator
        .aws()
        .faults()
        .onUpdates()
        .always()
        .thenAnswer(400, "InvalidParameterValueException", "cannot take this timeout");

    // When
    resources.apply("thief", BaselineSecrets.CLEAR + "timeout: 30");

    // Then
    resources.awaitStalled("thief", "InvalidParameterValueException");
    baselines.awaitKept(0);
    assertThat(resources.status("thief").baseline)
        .singleElement()
        .isEqualTo(new BaselineField("timeout", 7L, null));
    assertThat(baselines.variables()).containsEntry("TOKEN", "canary-payroll");
    assertThat(baselines.reportedAndStored()).noneMatch(text -> text.contains("canary"));
  }

  @Test
  void anUpdateThatIsTriedAgainKeepsWhatTheFunctionHasThen() {
    // Given
    operator.aws().createFunction(BaselineSecrets.PAYROLL);
    operator.aws().faults().onUpdates().times(1).thenThrottle();
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(1)
        .thenMeanwhile(
            () ->
                operator
                    .aws()
                    .changeBehindTheBack(
                        "payroll", "{\"Environment\": {\"Variables\": {\"TOKEN\": \"later\"}}}"));

    // When
    LambdaFunctionConfig kept = resources.apply("owner", BaselineSecrets.CLEAR);

    // Then
    resources.awaitReady("owner");
    assertThat(baselines.values(kept)).isEqualTo(Map.of("TOKEN", "later"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "functionName: payroll\ndeletionPolicy: Restore\nmode: Observe\n"
            + "environment: {variables: {}}",
        "functionName: payroll\ndeletionPolicy: Restore\n"
            + "environment: {variables: {TOKEN: canary-payroll}}",
        "functionName: payroll\ndeletionPolicy: Restore\ntimeout: 30\n"
            + "environment: {variables: {TOKEN: canary-payroll}}",
        "functionName: payroll\nenvironment: {variables: {}}"
      })
  void whatNeverChangesTheEnvironmentOrDoesNotRestoreItKeepsNothing(String spec) {
    // Given
    operator.aws().createFunction(BaselineSecrets.PAYROLL);

    // When
    resources.apply("owner", spec);

    // Then
    resources.awaitReady("owner");
    assertThat(baselines.kept()).isEmpty();
    assertThat(Serialization.asJson(resources.status("owner"))).doesNotContain("canary");
  }

  @Test
  void aSpecThatChangesWhileTheFirstUpdateRunsDoesNotReplaceWhatWasThereBefore() {
    // Given
    LambdaFunctionConfig owner = baselines.givenOwnerBeingUpdated();
    resources.apply("owner", BaselineSecrets.setting("second"));

    // When
    operator.aws().settle("payroll");

    // Then
    resources.awaitReady("owner");
    assertThat(baselines.variables()).containsExactlyEntriesOf(Map.of("AA", "second"));
    assertThat(baselines.values(owner)).isEqualTo(Map.of("TOKEN", "canary-payroll"));
  }
}
