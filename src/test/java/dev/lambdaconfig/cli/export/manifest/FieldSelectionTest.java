package dev.lambdaconfig.cli.export.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldReference;
import dev.lambdaconfig.plan.field.FieldTable;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of the fields to declare, over the field table. */
final class FieldSelectionTest {

  private static final ObservedFunction DEFAULTS =
      TestSpecs.function(
          "{Role: 'arn:aws:iam::123456789012:role/a', Timeout: 3, MemorySize: 128, Description: '',"
              + " TracingConfig: {Mode: PassThrough}, EphemeralStorage: {Size: 512}, SnapStart:"
              + " {ApplyOn: None, OptimizationStatus: 'Off'}, LoggingConfig: {LogFormat: Text,"
              + " LogGroup: /aws/lambda/fn}, VpcConfig: {SubnetIds: [], SecurityGroupIds: [],"
              + " VpcId: '', Ipv6AllowedForDualStack: false}}");

  @Test
  void eachRowOfTheTableIsDeclared() {
    TreeSet<String> declared = new TreeSet<>(paths(FieldReference.full(), List.of(), List.of()));
    // Apart from the settings: their values are secrets.
    declared.add("environment.variables");

    assertThat(declared).isEqualTo(new TreeSet<>(FieldTable.paths()));
  }

  @Test
  void whatAwsSetsByItselfIsNotDeclared() {
    assertThat(paths(DEFAULTS, List.of(), List.of())).containsExactly("role");
  }

  @Test
  void whatIsNamedIsDeclaredWhateverItsValue() {
    assertThat(paths(DEFAULTS, List.of("timeout", "loggingConfig", "deadLetterConfig"), List.of()))
        .containsExactly("timeout", "loggingConfig.logFormat", "loggingConfig.logGroup");
    assertThat(paths(DEFAULTS, List.of("all"), List.of("role", "vpcConfig")))
        .containsExactly(
            "timeout",
            "memorySize",
            "tracingConfig.mode",
            "ephemeralStorage.size",
            "snapStart.applyOn",
            "loggingConfig.logFormat",
            "loggingConfig.logGroup");
  }

  @ParameterizedTest
  @CsvSource({
    "timout, 'did you mean timeout?'",
    "MemorySize, 'did you mean memorySize?'",
    "subnetIds, 'did you mean vpcConfig.subnetIds?'",
    "spec.timeout, 'did you mean timeout?'",
    "enviroment, 'did you mean environment?'",
    "qqqqqqqqq, 'write paths such as memorySize, vpcConfig or loggingConfig.logFormat'"
  })
  void anUnknownNameGetsTheNearest(String name, String advice) {
    assertThat(FieldSelection.problems("--fields", List.of(name)))
        .singleElement()
        .asString()
        .isEqualTo("--fields: '" + name + "' is no field of a spec: " + advice);
  }

  @Test
  void fieldsAndBlocksAreKnown() {
    assertThat(FieldSelection.problems("--fields", FieldTable.paths())).isEmpty();
    assertThat(FieldSelection.problems("--fields", List.of("vpcConfig", "all"))).isEmpty();
  }

  private static List<String> paths(
      ObservedFunction function, List<String> fields, List<String> except) {
    return ObservedSettings.of(function, "fn", "eu-west-1", FieldSelection.of(fields, except))
        .settings()
        .keySet()
        .stream()
        .map(Field::path)
        .toList();
  }
}
