package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  private static LambdaFunctionConfig request(LambdaFunctionConfig resource) {
    resource.getMetadata().setAnnotations(Map.of("lambdaconfig.dev/reconcile-requested-at", "now"));
    return resource;
  }

  private void openTheBreaker() {
    controller.aws.refusal =
        new Failure("InvalidParameterValueException", "no such value", 400, null);
    createOthers("failing", 10).forEach(controller::reconcile);
    controller.aws.refusal = null;
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
