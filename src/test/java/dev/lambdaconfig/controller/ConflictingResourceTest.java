package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import org.junit.jupiter.api.Test;

/** A resource whose function an older one owns. */
final class ConflictingResourceTest {

  private final InMemoryController controller = new InMemoryController();

  @Test
  void itsFunctionIsReadWithEachLookAndNeverPlannedFromTheLastOne() {
    // Given
    controller.aws.create("fn", "{Timeout: 3}");
    LambdaFunctionConfig older =
        controller.create("team", "older", "{functionName: fn, timeout: 9}");
    LambdaFunctionConfig younger =
        controller.create("team", "younger", "{functionName: fn, timeout: 10}");
    controller.reconcile(older);
    controller.aws.settle();
    controller.reconcile(younger);
    int before = controller.aws.reads.size();

    // When
    controller.aws.create("fn", "{Timeout: 4}");
    controller.reconcile(younger);

    // Then
    assertThat(controller.aws.reads).hasSize(before + 1);
    assertThat(controller.aws.updates).containsExactly("fn");
    assertThat(controller.conditions(younger)).contains("Conflict");
  }
}
