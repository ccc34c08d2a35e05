package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update that is held back because updates like it fail. */
final class PausedUpdateTest {

  private final InMemoryController controller = new InMemoryController();

  @Test
  void isNotAnnouncedAnyMore() {
    // Given: an update that is announced and waits for a free place
    List<LambdaFunctionConfig> running = createOthers("running", 10);
    running.forEach(controller::reconcile);
    controller.aws.create("fn", "{Timeout: 3}");
    LambdaFunctionConfig own = controller.create("team", "own", spec("fn"));
    controller.reconcile(own);
    assertThat(controller.aws.updates).doesNotContain("fn");
    assertThat(UpdateHistory.of(controller.status(own)).isOpen()).isTrue();

    // When
    controller.aws.settle();
    running.forEach(controller::reconcile);
    openTheBreaker();
    controller.reconcile(own);

    // Then
    assertThat(controller.conditions(own)).contains("UpdatesPaused");
    assertThat(UpdateHistory.of(controller.status(own)).isOpen()).isFalse();
  }

  @Test
  void isPlannedAgainWithoutAnotherRead() {
    // Given: a function that was in sync, and is changed by somebody
    controller.aws.create("fn", "{Timeout: 9}");
    LambdaFunctionConfig own = controller.create("team", "own", spec("fn"));
    controller.reconcile(own);
    controller.aws.create("fn", "{Timeout: 3}");
    openTheBreaker();
    controller.reconcile(own);
    assertThat(controller.conditions(own)).contains("UpdatesPaused");
    int before = controller.aws.reads.size();

    // When
    controller.reconcile(own);

    // Then
    assertThat(controller.conditions(own)).contains("UpdatesPaused");
    assertThat(controller.aws.reads).hasSize(before);
  }

  @Test
  void leavesTheRequestForItUnanswered() {
    // Given: another update that is tried while the others are paused
    controller.aws.create("fn", "{Timeout: 3}");
    LambdaFunctionConfig own = controller.create("team", "own", spec("fn"));
    openTheBreaker();
    controller.aws.create("tried", "{Timeout: 3}");
    controller.reconcile(request(controller.create("team", "tried", spec("tried"))));
    assertThat(controller.aws.updates).contains("tried");

    // When
    controller.reconcile(request(own));

    // Then
    assertThat(controller.conditions(own)).contains("UpdatesPaused");
    assertThat(controller.status(own).lastHandledReconcileAt).isNull();
  }

  @Test
  void goesOnAsUsualAfterTheChangeWasReverted() {
    // Given
    List<LambdaFunctionConfig> failed = openTheBreaker();
    assertThat(pausedNamespaces()).isEqualTo(1);
    failed.forEach(controller::reconcile);
    assertThat(pausedNamespaces()).as("nothing has changed").isEqualTo(1);

    // When
    for (int i = 0; i < failed.size(); i++) {
      LambdaFunctionConfig reverted =
          controller.revise(failed.get(i), "{functionName: failing" + i + ", timeout: 3}");
      controller.reconcile(reverted);
    }

    // Then
    assertThat(pausedNamespaces()).isZero();
    controller.aws.updates.clear();
    createOthers("next", 10).forEach(controller::reconcile);
    assertThat(controller.aws.updates).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "suspend: true",
        "mode: Observe",
        "region: nowhere-1",
        "environment: {valuesFrom: {A: {secretKeyRef: {name: none, key: a}}}}"
      })
  void endsWithTheLastThatWantsNone(String setting) {
    // Given
    List<LambdaFunctionConfig> failed = openTheBreaker();

    // When
    for (int i = 0; i < failed.size(); i++) {
      controller.reconcile(
          controller.revise(failed.get(i), "{functionName: failing" + i + ", " + setting + "}"));
    }

    // Then
    assertThat(pausedNamespaces()).isZero();
  }

  private int pausedNamespaces() {
    int[] paused = {0};
    controller.view.showPauses((region, all, namespaces) -> paused[0] += namespaces);
    return paused[0];
  }

  private static LambdaFunctionConfig request(LambdaFunctionConfig resource) {
    resource.getMetadata().setAnnotations(Map.of("lambdaconfig.dev/reconcile-requested-at", "now"));
    return resource;
  }

  private List<LambdaFunctionConfig> openTheBreaker() {
    controller.aws.refusal =
        new Failure("InvalidParameterValueException", "no such value", 400, null);
    List<LambdaFunctionConfig> failing = createOthers("failing", 10);
    failing.forEach(controller::reconcile);
    controller.aws.refusal = null;
    return failing;
  }

  private List<LambdaFunctionConfig> createOthers(String name, int count) {
    List<LambdaFunctionConfig> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      controller.aws.create(name + i, "{Timeout: 3}");
      others.add(controller.create("team", name + i, spec(name + i)));
    }
    return others;
  }

  private static String spec(String functionName) {
    return "{functionName: " + functionName + ", timeout: 9}";
  }
}
