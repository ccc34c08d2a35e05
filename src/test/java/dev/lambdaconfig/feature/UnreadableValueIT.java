package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.ErrorDetail;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * AWS answers an error in place of a value: the status reports it, even if the value is not
 * managed.
 */
final class UnreadableValueIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  private static final ErrorDetail DENIED =
      new ErrorDetail("KMSAccessDeniedException", "Lambda may not use the key");

  @Test
  void anEnvironmentThatIsNotManagedAndCannotBeReadIsReported() {
    // Given
    givenFunctionWithAnUnreadableEnvironment();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: no managed setting depends on it
    resources.awaitReady("orders");
    assertThat(resources.status("orders").environmentError).isEqualTo(DENIED);
    assertThat(resources.status("orders").imageConfigError).isNull();

    // When: the value is readable again
    operator.aws().setMember("orders", "Environment", Map.of("Variables", Map.of("AA", "x")));

    // Then
    resources.await(
        "orders",
        "to have no error",
        resource -> requireNonNull(resource.getStatus()).environmentError == null);
  }

  @Test
  void anImageConfigurationThatIsNotManagedAndCannotBeReadIsReported() {
    // Given
    operator.aws().createFunction(FunctionSeed.image("thumbnails"));
    error("thumbnails", "ImageConfigResponse");

    // When
    resources.apply("thumbnails", "functionName: thumbnails\ntimeout: 30");

    // Then
    resources.awaitReady("thumbnails");
    assertThat(resources.status("thumbnails").imageConfigError).isEqualTo(DENIED);
  }

  @Test
  void whatIsManagedAndCannotBeReadIsReportedToo() {
    // Given
    givenFunctionWithAnUnreadableEnvironment();

    // When
    resources.apply("orders", "functionName: orders\nenvironment: {variables: {AA: canary-7}}");

    // Then
    resources.awaitStalled("orders", "KMSAccessDeniedException");
    assertThat(resources.status("orders").environmentError).isEqualTo(DENIED);
  }

  private void givenFunctionWithAnUnreadableEnvironment() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    error("orders", "Environment");
  }

  private void error(String function, String member) {
    operator
        .aws()
        .setMember(
            function,
            member,
            Map.of(
                "Error",
                Map.of(
                    "ErrorCode",
                    requireNonNull(DENIED.errorCode()),
                    "Message",
                    requireNonNull(DENIED.message()))));
  }
}
