package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.ErrorDetail;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An error that AWS answers in place of a value is told, also where nobody manages the value. */
final class UnreadablePartsIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  private static final ErrorDetail DENIED =
      new ErrorDetail("KMSAccessDeniedException", "Lambda may not use the key");

  @Test
  void anEnvironmentThatIsNotManagedAndCannotBeReadIsTold() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    error("orders", "Environment");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: nothing that is managed depends on it.
    stage.awaitReady("orders");
    assertThat(stage.status("orders").environmentError).isEqualTo(DENIED);
    assertThat(stage.status("orders").imageConfigError).isNull();

    // When: it is there again.
    stage.aws().setMember("orders", "Environment", Map.of("Variables", Map.of("AA", "x")));

    // Then
    stage.await(
        "orders",
        "to have no error",
        resource -> requireNonNull(resource.getStatus()).environmentError == null);
  }

  @Test
  void anImageConfigurationThatIsNotManagedAndCannotBeReadIsTold() {
    // Given
    stage.aws().createFunction(FunctionSeed.image("thumbnails"));
    error("thumbnails", "ImageConfigResponse");

    // When
    stage.apply("thumbnails", "functionName: thumbnails\ntimeout: 30");

    // Then
    stage.awaitReady("thumbnails");
    assertThat(stage.status("thumbnails").imageConfigError).isEqualTo(DENIED);
  }

  @Test
  void whatIsManagedAndCannotBeReadIsToldToo() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    error("orders", "Environment");

    // When
    stage.apply("orders", "functionName: orders\nenvironment: {variables: {AA: canary-7}}");

    // Then
    stage.awaitStalled("orders", "KMSAccessDeniedException");
    assertThat(stage.status("orders").environmentError).isEqualTo(DENIED);
  }

  private void error(String function, String member) {
    stage
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
