package dev.lambdaconfig.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.ErrorDetail;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.LayerStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds that no field of the status is forgotten. */
final class StatusFieldsTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final Decision STALLED =
      new Decision.Stalled("InvalidSubnet", "mend it", Duration.ofSeconds(1));
  private static final Desired DESIRED =
      TestSpecs.ignoring("timeout", "{timeout: 9, layersPolicy: Merge, layers: [l]}");
  private static final Plan DIFFERS = Diff.between(DESIRED, TestSpecs.function("{Timeout: 3}"));

  @Test
  void everythingThatAwsAnswersHasItsPlace() {
    ObservedFunction function =
        TestSpecs.function(
            "{Version: $LATEST, State: Inactive, StateReason: idle, StateReasonCode: Idle,"
                + " LastUpdateStatus: Failed, LastUpdateStatusReason: why,"
                + " LastUpdateStatusReasonCode: EniLimitExceeded, ConfigSha256: c1, CodeSha256: s1,"
                + " CodeSize: 7, LastModified: yesterday, PackageType: Zip, Architectures: [arm64],"
                + " RuntimeVersionConfig: {RuntimeVersionArn: rv}, MasterArn: m,"
                + " SigningProfileVersionArn: sp, SigningJobArn: sj, VpcConfig: {VpcId: vpc-1},"
                + " SnapStart: {OptimizationStatus: 'Off'}, TenancyConfig: {TenantIsolationMode:"
                + " PER_TENANT}, Layers: [{Arn: l, CodeSize: 8, SigningProfileVersionArn: lp,"
                + " SigningJobArn: lj}]}");

    LambdaFunctionConfigStatus status =
        NextStatus.after(null, 1, T0)
            .managing(DESIRED, "eu-west-1")
            .observed(function)
            .applied(T0)
            .handled("token")
            .baseline(Baseline.of(List.of(new BaselineField("timeout", 3L, null))))
            .history(
                new UpdateHistory(
                    List.of(new UpdateRecord(null, null, null, 1L, null, null, null))))
            .decided(STALLED, DIFFERS);

    assertThat(status.layers).containsExactly(new LayerStatus("l", 8L, "lp", "lj"));
    assertThat(publicFields())
        .filteredOn(field -> field.getType() != ErrorDetail.class)
        // Of a function that was in sync with values from elsewhere.
        .filteredOn(field -> !field.getName().equals("valueSources"))
        .allSatisfy(field -> assertThat(field.get(status)).as(field.getName()).isNotNull());
  }

  @Test
  void equalityAndCopyCoverEveryField() throws ReflectiveOperationException {
    for (Field field : publicFields()) {
      LambdaFunctionConfigStatus one = new LambdaFunctionConfigStatus();
      field.set(one, sample(field));

      assertThat(one).as(field.getName()).isNotEqualTo(new LambdaFunctionConfigStatus());
      assertThat(one.copy()).as(field.getName()).isEqualTo(one);
      assertThat(field.get(one.copy())).as(field.getName()).isEqualTo(field.get(one));
    }
  }

  private static Object sample(Field field) {
    if (field.getType() == Long.class) {
      return 5L;
    }
    if (field.getType() == String.class) {
      return "x";
    }
    return field.getType() == List.class ? List.of() : new ErrorDetail("a", "b");
  }

  private static List<Field> publicFields() {
    return Stream.of(LambdaFunctionConfigStatus.class.getFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .toList();
  }
}
