package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Resources are selected by their function, as by {@code kubectl get --field-selector}. */
final class SelectableFieldsIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @Test
  void resourcesAreFoundByFunctionRegionAndState() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders-config", "functionName: orders\nregion: eu-west-1\ntimeout: 30");
    resources.apply("mail-config", "functionName: mail\nregion: us-east-1\ntimeout: 30");
    resources.awaitReady("orders-config");
    resources.awaitStalled("mail-config", "FunctionNotFound");

    // Then
    assertThat(found("spec.functionName", "orders")).containsExactly("orders-config");
    assertThat(found("spec.region", "us-east-1")).containsExactly("mail-config");
    assertThat(found("status.state", "Active")).containsExactly("orders-config");
    assertThat(found("status.state", "Failed")).isEmpty();
  }

  private List<String> found(String field, String value) {
    return operator
        .server()
        .client()
        .resources(dev.lambdaconfig.api.LambdaFunctionConfig.class)
        .inNamespace(operator.namespace())
        .withField(field, value)
        .list()
        .getItems()
        .stream()
        .map(resource -> resource.getMetadata().getName())
        .toList();
  }
}
