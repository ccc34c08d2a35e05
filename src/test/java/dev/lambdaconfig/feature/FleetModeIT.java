package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator with {@code --mode=Observe} reports differences, and writes nothing to AWS. */
final class FleetModeIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void anObservedFleetIsReportedAndWrittenOnlyWhenItIsEnforcedAgain() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    observe();
    resources.apply("orders", "functionName: orders\nmode: Enforce\ntimeout: 30");
    resources.awaitReason("orders", "Observed");
    assertThat(resources.condition("orders", "Ready")).hasMessageContaining("--mode=Observe");
    assertThat(resources.condition("orders", "Drifted")).isTrue();
    assertThat(resources.status("orders").drift)
        .containsExactly(new DriftedField("timeout", "30", "3"));
    operator.awaitReads(2, List.of("orders"));
    assertThat(operator.aws().requests().updates()).isEmpty();

    // When
    enforce();

    // Then
    resources.awaitReason("orders", "InSync");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::cause)
        .containsExactly("SpecChanged");
  }

  @Test
  void theMessageSaysWhoObserves() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    enforce();

    // When
    resources.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "Observed");
    assertThat(resources.condition("orders", "Ready"))
        .hasMessageContaining("mode: Observe")
        .hasMessageWithout("--mode");
  }

  @Test
  void aDriftThatAppearsWhileTheFleetIsObservedIsReportedAndStays() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    enforce();
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");
    observe();
    resources.awaitReason("orders", "Observed");

    // When
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 7}");

    // Then
    Events.await(operator, "orders", "DriftDetected");
    operator.awaitReads(2, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(7);

    // And once the fleet is enforced again, the drift is corrected
    enforce();
    resources.awaitReason("orders", "InSync");
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::cause)
        .containsExactly("DriftCorrected", "SpecChanged");
  }

  @Test
  void nobodyClaimsAFunctionWhileTheFleetIsObserved() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    observe();
    resources.apply("older", "functionName: orders\ntimeout: 30");
    resources.awaitNextSecond();

    // When
    resources.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    resources.awaitReason("older", "Observed");
    resources.awaitReason("younger", "Observed");
    assertThat(resources.status("younger").drift)
        .containsExactly(new DriftedField("timeout", "60", "3"));
    enforce();
    resources.awaitReason("older", "InSync");
    resources.awaitStalled("younger", "Conflict");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aDeletionWritesNothingAndIsNotHeldUp() throws Exception {
    // Given
    givenRestorableWhoseFleetIsObserved();

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    Events.await(operator, "orders", "RestoreAbandoned");
    assertThat(Events.of(operator, "orders"))
        .filteredOn(event -> event.getReason().equals("RestoreAbandoned"))
        .extracting(Event::getMessage)
        .singleElement()
        .satisfies(message -> assertThat(message).contains("timeout", "--mode=Observe"));
  }

  @Test
  void whatIsToBeRestoredIsStillHeldWhenTheFleetIsEnforcedAgain() throws Exception {
    // Given
    givenRestorableWhoseFleetIsObserved();
    operator.awaitReads(1, List.of("orders"));
    enforce();
    resources.awaitReason("orders", "InSync");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(3);
  }

  @Test
  void nothingIsKeptForRestoringWhileTheFleetIsObserved() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    observe();

    // When
    resources.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "Observed");
    assertThat(resources.status("orders").baseline).isNull();
    assertThat(resources.get("orders").getFinalizers()).isEmpty();
  }

  private void observe() throws Exception {
    operator.stop();
    operator.start(operator.options().withMode(OperatorMode.OBSERVE));
  }

  private void enforce() throws Exception {
    operator.stop();
    operator.start(operator.options());
  }

  private void givenRestorableWhoseFleetIsObserved() throws Exception {
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    enforce();
    resources.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    resources.awaitReady("orders");
    observe();
    resources.awaitReason("orders", "Observed");
  }
}
