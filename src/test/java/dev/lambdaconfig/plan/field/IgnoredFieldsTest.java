package dev.lambdaconfig.plan.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotation about ignored drift, and what it says wrongly. */
final class IgnoredFieldsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ,",
        "memorySize",
        "handler, memorySize\n vpcConfig",
        "environment",
        "environment.variables",
        "environment.variables.A_1",
        "capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig.capacityProviderArn",
        "memorySize,memorySize,"
      })
  void pathsAndBlocksAreKnown(String annotation) {
    assertThat(IgnoredFields.of(annotation).problems()).isEmpty();
  }

  @Test
  void everyPathOfTheTableIsKnown() {
    assertThat(IgnoredFields.of(String.join(",", FieldTable.paths())).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "memmorySize, memorySize",
    "MemorySize, memorySize",
    "spec.memorySize, memorySize",
    "subnetids, vpcConfig.subnetIds",
    "vpcConfig.subnets, vpcConfig.subnetIds",
    "vpc, vpcConfig",
    "env.variables, environment.variables",
    "kmsKey, kmsKeyArn",
    "timeuot, timeout"
  })
  void theNearestPathIsSuggested(String misspelt, String nearest) {
    assertThat(IgnoredFields.of("timeout," + misspelt).problems())
        .singleElement()
        .asString()
        .contains(": " + misspelt + " (did you mean " + nearest + "?)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "mode", "environment.variables.1A", "../../etc", "*"})
  void whatIsLikeNoPathIsExplained(String name) {
    assertThat(IgnoredFields.of(name).problems()).singleElement().asString().contains(name);
  }

  @Test
  void theMessageIsBounded() {
    String names = "x".repeat(300) + ",y1,z2,q3,q4,q5,q6";

    assertThat(IgnoredFields.of(names).problems())
        .singleElement()
        .asString()
        .hasSizeLessThan(1500)
        .contains("…", "; and ");
    assertThat(
            IgnoredFields.of("x".repeat(LambdaFunctionConfig.LONGEST_IGNORE_DRIFT + 1)).problems())
        .singleElement()
        .asString()
        .contains("more than 4096 characters");
  }
}
