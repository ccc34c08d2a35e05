package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LambdaManagedInstancesCapacityProviderConfig;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Values on their way into the SDK and out of it. */
final class SdkValuesTest {

  @Test
  void aRequestHasEveryFormOfValue() {
    // Given
    Value.Structure members =
        Value.Structure.of(
            Map.of(
                "MemorySize", number(512),
                "Layers", new Value.Items(List.of(Value.text("arn:a"), Value.text("arn:b"))),
                "Environment",
                    Value.Structure.of(
                        Map.of("Variables", Value.Structure.of(Map.of("K", Value.text("v"))))),
                "VpcConfig",
                    Value.Structure.of(Map.of("Ipv6AllowedForDualStack", new Value.Flag(true)))));
    UpdateFunctionConfigurationRequest.Builder builder =
        UpdateFunctionConfigurationRequest.builder();

    // When
    SdkValues.write(members.members(), builder);
    UpdateFunctionConfigurationRequest request = builder.build();

    // Then
    assertThat(request.memorySize()).isEqualTo(512);
    assertThat(request.layers()).containsExactly("arn:a", "arn:b");
    assertThat(request.environment().variables()).containsExactly(Map.entry("K", "v"));
    assertThat(request.vpcConfig().ipv6AllowedForDualStack()).isTrue();
    assertThat(SdkValues.read(request)).isEqualTo(members);
  }

  @Test
  void anUnsetListIsAbsentAndAnEmptyOneIsThere() {
    assertThat(SdkValues.read(FunctionConfiguration.builder().build()))
        .isEqualTo(Value.Structure.EMPTY);
    assertThat(
            SdkValues.read(
                FunctionConfiguration.builder().fileSystemConfigs(List.of()).timeout(3).build()))
        .isEqualTo(
            Value.Structure.of(
                Map.of("FileSystemConfigs", Value.Items.EMPTY, "Timeout", number(3))));
  }

  @Test
  void aNumberThatIsNoneIsReadAsText() {
    assertThat(
            SdkValues.read(
                LambdaManagedInstancesCapacityProviderConfig.builder()
                    .executionEnvironmentMemoryGiBPerVCpu(Double.NaN)
                    .build()))
        .isEqualTo(
            Value.Structure.of(Map.of("ExecutionEnvironmentMemoryGiBPerVCpu", Value.text("NaN"))));
  }

  @Test
  void aMemberThatTheSdkLacksIsNotDropped() {
    // Given
    TreeMap<String, Value> members = new TreeMap<>(Map.of("NewSetting", Value.text("on")));

    // When, then
    assertThatThrownBy(() -> SdkValues.write(members, UpdateFunctionConfigurationRequest.builder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NewSetting");
  }

  private static Value number(int number) {
    return new Value.Numeral(BigDecimal.valueOf(number));
  }
}
