package dev.lambdaconfig.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

/** The resource was written for a newer operator than the one that reads it. */
final class RolledBackTest {

  @Test
  void whatIsNotKnownIsNotManagedAndTheRestIs() {
    LambdaFunctionConfigSpec spec =
        read("{functionName: f, timeout: 3, newSetting: {a: 1}, vpcConfig: {subnetIds: [], x: 1}}");

    assertThat(spec.unreadable()).isNull();
    assertThat(spec.timeout()).isEqualTo(3);
    assertThat(requireNonNull(spec.vpcConfig()).subnetIds()).isEmpty();
  }

  @Test
  void aBlockOfWhichNothingIsKnownIsNotTakenForOneThatClears() {
    LambdaFunctionConfigSpec spec =
        read("{functionName: f, imageConfig: {newPart: [a]}, tracingConfig: {}}");

    assertThat(spec.imageConfig()).isNull();
    assertThat(spec.tracingConfig()).isEqualTo(new TracingConfig(null));
  }

  @Test
  void anEnvironmentThatIsNotWhollyUnderstoodIsNotTouched() {
    LambdaFunctionConfigSpec spec =
        read("{functionName: f, environment: {variables: {AA: canary}, newPolicy: Merge}}");

    assertThat(spec.unreadable())
        .contains("newPolicy")
        .contains("upgrade")
        .doesNotContain("canary");
  }

  private static LambdaFunctionConfigSpec read(String spec) {
    LambdaFunctionConfig resource =
        Serialization.unmarshal(
            "apiVersion: lambdaconfig.dev/v1alpha1\nkind: LambdaFunctionConfig\nspec: " + spec,
            LambdaFunctionConfig.class);
    return requireNonNull(resource.getSpec());
  }
}
