package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.OperatorMode;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator runs with {@code --mode=Observe}: it reports, and writes nothing to AWS. */
final class FleetModeIT {

  @RegisterExtension final Stage stage = Stage.withoutOperator();

  @Test
  void anObservedFleetIsReportedAndWrittenOnlyWhenItIsEnforcedAgain() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    observe();
    stage.apply("orders", "functionName: orders\nmode: Enforce\ntimeout: 30");
    stage.awaitReason("orders", "Observed");
    assertThat(stage.condition("orders", "Ready").message()).contains("--mode=Observe");
    assertThat(stage.condition("orders", "Drifted").status()).isEqualTo("True");
    assertThat(stage.status("orders").drift)
        .containsExactly(new DriftedField("timeout", "30", "3"));
    stage.awaitReads(2, List.of("orders"));
    assertThat(stage.aws().requests().updates()).isEmpty();

    // When
    enforce();

    // Then
    stage.awaitReason("orders", "InSync");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(stage.history("orders"))
        .extracting(UpdateRecord::cause)
        .containsExactly("SpecChanged");
  }

  @Test
  void theMessageSaysWhoObserves() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    enforce();

    // When
    stage.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");

    // Then
    stage.awaitReason("orders", "Observed");
    assertThat(stage.condition("orders", "Ready").message())
        .contains("mode: Observe")
        .doesNotContain("--mode");
  }

  @Test
  void aDriftThatAppearsWhileTheFleetIsObservedIsToldAndStays() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    enforce();
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");
    observe();
    stage.awaitReason("orders", "Observed");

    // When
    stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 7}");

    // Then
    Events.await(stage, "orders", "DriftDetected");
    stage.awaitReads(2, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(7);

    // And once the fleet is enforced again, it is drift that is corrected
    enforce();
    stage.awaitReason("orders", "InSync");
    assertThat(stage.history("orders"))
        .extracting(UpdateRecord::cause)
        .containsExactly("DriftCorrected", "SpecChanged");
  }

  @Test
  void nobodyClaimsAFunctionWhileTheFleetIsObserved() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    observe();
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    stage.awaitReason("older", "Observed");
    stage.awaitReason("younger", "Observed");
    assertThat(stage.status("younger").drift)
        .containsExactly(new DriftedField("timeout", "60", "3"));
    enforce();
    stage.awaitReason("older", "InSync");
    stage.awaitStalled("younger", "Conflict");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void aDeletionWritesNothingAndIsNotHeldUp() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    enforce();
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    observe();
    stage.awaitReason("orders", "Observed");

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    Events.await(stage, "orders", "RestoreAbandoned");
    assertThat(Events.of(stage, "orders"))
        .filteredOn(event -> event.getReason().equals("RestoreAbandoned"))
        .extracting(Event::getMessage)
        .singleElement()
        .satisfies(message -> assertThat(message).contains("timeout", "--mode=Observe"));
  }

  @Test
  void whatIsToBeRestoredIsStillHeldWhenTheFleetIsEnforcedAgain() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 3));
    enforce();
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");
    stage.awaitReady("orders");
    observe();
    stage.awaitReason("orders", "Observed");
    stage.awaitReads(1, List.of("orders"));
    enforce();
    stage.awaitReason("orders", "InSync");

    // When
    stage.resource("orders").delete();

    // Then
    stage.awaitGone("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(3);
  }

  @Test
  void nothingIsKeptForRestoringWhileTheFleetIsObserved() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    observe();

    // When
    stage.apply("orders", "functionName: orders\ndeletionPolicy: Restore\ntimeout: 30");

    // Then
    stage.awaitReason("orders", "Observed");
    assertThat(stage.status("orders").baseline).isNull();
    assertThat(stage.get("orders").getFinalizers()).isEmpty();
  }

  private void observe() throws Exception {
    stage.stopOperator();
    stage.startOperator(stage.options().withMode(OperatorMode.OBSERVE));
  }

  private void enforce() throws Exception {
    stage.stopOperator();
    stage.startOperator(stage.options());
  }
}
