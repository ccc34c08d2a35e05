package dev.lambdaconfig.cli.export.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.field.FieldReference;
import dev.lambdaconfig.plan.field.FieldTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifest of one function. */
final class ManifestFactoryTest {

  private static final String CANARY = "canary-4711";
  private static final String ENVIRONMENT =
      "{Timeout: 9, Environment: {Variables: {BB: " + CANARY + ", AA: 'on'}}}";

  static List<String> paths() {
    return FieldTable.paths();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void eachFieldOfTheTableIsInSyncAlone(String path) {
    ObservedFunction function = withWholeArns(FieldReference.full());

    ExportedManifest manifest =
        manifest(EnvironmentValues.IN_CLEAR, function, FieldSelection.of(List.of(path), List.of()));

    JsonNode spec = tree(manifest.text()).path("spec");
    assertThat(spec.at("/" + path.replace('.', '/')).isMissingNode()).as("%s", spec).isFalse();
    assertThat(Diff.between(TestSpecs.desired(spec), function).differences()).isEmpty();
    assertThat(manifest.notes()).isEmpty();
  }

  /** The function with ARNs that the schema takes in place of those that are "read". */
  private static ObservedFunction withWholeArns(ObservedFunction function) {
    ObservedFunction whole =
        TestSpecs.function(
            """
            FileSystemConfigs: [{LocalMountPath: /mnt/read, S3FilesConfig: {DirectS3Read: ENABLED}, \
            Arn: 'arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0/\
            access-point/fsap-0123456789abcdef0'}]
            CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: \
            {CapacityProviderArn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:read', \
            PerExecutionEnvironmentMaxConcurrency: 1, ExecutionEnvironmentMemoryGiBPerVCpu: 2}}
            DurableConfig: {ExecutionTimeout: 60, RetentionPeriodInDays: 1, \
            KMSKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/read'}
            """);
    Value.Structure all = function.configuration();
    for (var member : whole.configuration().members().entrySet()) {
      all = all.with(member.getKey(), member.getValue());
    }
    return new ObservedFunction(all);
  }

  @Test
  void theSpecHasTheOrderOfTheSchema() {
    ExportedManifest manifest =
        manifest(
            EnvironmentValues.LEFT_OUT,
            TestSpecs.function(
                "{Role: 'arn:aws:iam::123456789012:role/a', Handler: app.handler, Runtime:"
                    + " python3.13, Timeout: 30, MemorySize: 512, Layers: [{Arn:"
                    + " 'arn:aws:lambda:eu-west-1:123456789012:layer:deps:7', CodeSize: 1}]}"),
            FieldSelection.BEYOND_DEFAULTS);

    assertThat(manifest.text())
        .isEqualTo(
            """
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata:
              name: fn
              namespace: team-a
            spec:
              functionName: fn
              region: eu-west-1
              role: arn:aws:iam::123456789012:role/a
              handler: app.handler
              runtime: python3.13
              timeout: 30
              memorySize: 512
              layers:
              - arn:aws:lambda:eu-west-1:123456789012:layer:deps:7
            """);
  }

  @Test
  void theEnvironmentIsLeftOutWithTheNamesOfItsVariables() {
    ExportedManifest manifest = manifest(EnvironmentValues.LEFT_OUT, ENVIRONMENT);

    assertThat(manifest.text())
        .startsWith("# environment is not declared: the function has 2 variables (AA, BB)\napi")
        .doesNotContain(CANARY, "environment:");
    assertThat(manifest.hasValues()).isFalse();
    assertThat(manifest.secret()).isNull();
  }

  @Test
  void theEnvironmentIsInASecretThatTheResourceRefersTo() {
    ExportedManifest manifest = manifest(EnvironmentValues.IN_SECRETS, ENVIRONMENT);

    assertThat(tree(manifest.text()).at("/spec/environment").toString())
        .isEqualTo("{\"envFrom\":[{\"secretRef\":{\"name\":\"fn-env\"}}]}");
    assertThat(manifest.text()).doesNotContain(CANARY);
    assertThat(manifest.secret())
        .isEqualTo(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: fn-env
              namespace: team-a
            type: Opaque
            stringData:
              AA: "on"
              BB: canary-4711
            """);
  }

  @Test
  void theEnvironmentIsInClearOnlyWhereThatIsSaid() {
    ExportedManifest manifest = manifest(EnvironmentValues.IN_CLEAR, ENVIRONMENT);

    assertThat(tree(manifest.text()).at("/spec/environment").toString())
        .isEqualTo("{\"variables\":{\"AA\":\"on\",\"BB\":\"canary-4711\"}}");
    assertThat(manifest.hasValues()).isTrue();
  }

  @Test
  void variablesThatNoResourceCanNameAreNotDeclared() {
    ExportedManifest manifest =
        manifest(EnvironmentValues.IN_CLEAR, "{Environment: {Variables: {A: x, BB: y}}}");

    assertThat(manifest.text())
        .startsWith(
            "# environment is not declared (a resource cannot name one of its variables): the"
                + " function has 2 variables (BB, ...)\n")
        .doesNotContain("environment:");
  }

  @ParameterizedTest
  @CsvSource({"'{MY-VAR: x}', one variable", "'{MY-VAR: x, MY.VAR: y}', 2 variables"})
  void namesThatMayNotBeShownAreCounted(String variables, String said) {
    ExportedManifest manifest =
        manifest(EnvironmentValues.IN_CLEAR, "{Environment: {Variables: " + variables + "}}");

    assertThat(manifest.text()).contains("function has " + said + "\n");
  }

  @Test
  void anEnvironmentThatAwsCannotReadIsNotDeclared() {
    ExportedManifest manifest =
        manifest(
            EnvironmentValues.IN_CLEAR,
            "{Environment: {Error: {ErrorCode: KMSAccessDeniedException, Message: "
                + CANARY
                + "}}}");

    assertThat(manifest.notes())
        .containsExactly(
            "environment is not declared: AWS cannot read it (KMSAccessDeniedException)");
    assertThat(manifest.text()).doesNotContain(CANARY);
  }

  @Test
  void whatTheOperatorWouldReadOtherwiseIsLeftOut() {
    ExportedManifest manifest =
        manifest(
            EnvironmentValues.LEFT_OUT,
            "{Timeout: 30.5, MemorySize: 256, LoggingConfig: {LogFormat: Text, SystemLogLevel:"
                + " WARN, LogGroup: /mine}}");

    JsonNode spec = tree(manifest.text()).path("spec");
    assertThat(spec.path("memorySize").asInt()).isEqualTo(256);
    assertThat(spec.has("timeout")).isFalse();
    assertThat(manifest.notes()).anyMatch(note -> note.startsWith("timeout is not declared: "));
  }

  @Test
  void whatServerSideApplyWouldChangeIsEncodedOrLeftOut() {
    String function =
        "{Description: \"a\\u2028b\", Environment: {Variables: {AA: \"a\\u0085b\", BB: b}}}";

    ExportedManifest secret = manifest(EnvironmentValues.IN_SECRETS, function);
    ExportedManifest clear = manifest(EnvironmentValues.IN_CLEAR, function);

    assertThat(secret.secret()).endsWith("stringData:\n  BB: b\ndata:\n  AA: YcKFYg==\n");
    assertThat(secret.notes())
        .containsExactly(
            "description is not declared: it has a control character that server-side apply would"
                + " change");
    assertThat(clear.text()).doesNotContain("environment:");
  }

  private static ExportedManifest manifest(EnvironmentValues values, String function) {
    return manifest(values, TestSpecs.function(function), FieldSelection.BEYOND_DEFAULTS);
  }

  private static ExportedManifest manifest(
      EnvironmentValues values, ObservedFunction function, FieldSelection fields) {
    return new ManifestFactory(values, "team-a", false)
        .of(ObservedSettings.of(function, "fn", "eu-west-1", fields), function);
  }

  private static JsonNode tree(@Nullable String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
