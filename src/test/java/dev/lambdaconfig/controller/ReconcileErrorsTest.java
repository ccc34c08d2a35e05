package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors of the JVM in a reconcile: the framework goes on after exceptions only. */
final class ReconcileErrorsTest {

  private final InMemoryController controller = new InMemoryController();

  @AfterEach
  void stop() {
    controller.module.close();
  }

  static Stream<Error> errors() {
    return Stream.of(
        new NoClassDefFoundError("one"),
        new StackOverflowError(),
        new InternalError("one"),
        new ServiceConfigurationError("one"),
        new AssertionError("one"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsAnExceptionForTheFrameworkAndTheNextReconcileGoesOn(Error error) {
    // Given
    controller.aws.create("orders", "{Timeout: 3}");
    LambdaFunctionConfig orders =
        controller.create("team", "orders", "{functionName: orders, timeout: 9}");
    controller.aws.duringUpdate =
        () -> {
          throw error;
        };

    // When
    assertThatIllegalStateException()
        .isThrownBy(() -> controller.reconcile(orders))
        .withRootCauseInstanceOf(error.getClass());
    controller.aws.duringUpdate = () -> {};
    controller.reconcile(orders);

    // Then: nothing of the first one holds a permit or the resource
    assertThat(controller.aws.updates).hasSize(2);
    assertThat(controller.view.longestRunningReconcile()).isZero();
  }
}
