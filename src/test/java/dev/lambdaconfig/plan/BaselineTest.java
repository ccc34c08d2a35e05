package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import dev.lambdaconfig.plan.redaction.Redaction;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered of a function before its first update, and what is made of it. */
final class BaselineTest {

  private static final Baseline NONE = Baseline.of(null);

  private static Baseline taken(String spec, String function) {
    return taken(NONE, TestSpecs.desired(spec), TestSpecs.function(function));
  }

  /** As an update that changes everything finds it. */
  private static Baseline taken(Baseline before, Desired desired, ObservedFunction function) {
    return before.with(desired, function).securing(desired, function, "kept");
  }

  private static List<String> shown(Baseline baseline) {
    return Objects.requireNonNullElse(baseline.fields(), List.<BaselineField>of()).stream()
        .map(field -> field.path() + "=" + field.value() + "/" + field.secretName())
        .toList();
  }

  @Test
  void hasWhatTheFunctionHadOfJustTheManagedFields() {
    assertThat(
            shown(
                taken(
                    "{timeout: 30, description: '', layers: [], vpcConfig: {}}",
                    "{Timeout: 7, MemorySize: 512, Layers: [{Arn: a}, {Arn: b}]}")))
        .containsExactly(
            "description=null/null",
            "timeout=7/null",
            "vpcConfig.subnetIds=null/null",
            "vpcConfig.securityGroupIds=null/null",
            "vpcConfig.ipv6AllowedForDualStack=null/null",
            "layers=[a, b]/null");
  }

  @Test
  void isNeverOverwrittenAndGrowsWithTheSpec() {
    Baseline first = taken("{timeout: 30, description: x}", "{Timeout: 7}");

    Baseline later =
        taken(
            first,
            TestSpecs.desired("{timeout: 31, description: y, memorySize: 256}"),
            TestSpecs.function("{Timeout: 30, Description: x, MemorySize: 512}"));

    assertThat(shown(later))
        .containsExactly("description=null/null", "timeout=7/null", "memorySize=512/null");
    assertThat(shown(taken(later, TestSpecs.desired("{}"), TestSpecs.function("{}"))))
        .isEqualTo(shown(later));
  }

  @Test
  void namesTheSecretOfTheEnvironmentAndNoValue() {
    Baseline baseline =
        taken("{environment: {}}", "{Environment: {Variables: {KEY: canary-value}}}");

    assertThat(shown(baseline)).containsExactly("environment.variables=null/kept");
    assertThat(baseline.secretName()).isEqualTo("kept");
    assertThat(Serialization.asJson(baseline.fields())).doesNotContain("canary");
    Desired restored =
        TestSpecs.desired("{environment: {}}").restoring(baseline, Map.of("KEY", "canary-value"));
    assertThat(restored.toString()).doesNotContain("canary");
    assertThat(Redaction.of(restored, null).clean("it is canary-value"))
        .isEqualTo(Redaction.WITHHELD);
  }

  @Test
  void namesNoSecretBeforeAnUpdateThatCanChangeTheVariables() {
    Desired desired = TestSpecs.desired("{timeout: 30, environment: {variables: {AA: x}}}");
    ObservedFunction function =
        TestSpecs.function("{Timeout: 7, Environment: {Variables: {OLD: y}}}");
    Plan other = Diff.between(TestSpecs.desired("{timeout: 30}"), function);

    Baseline seen = NONE.with(desired, function);
    Baseline secured = seen.securing(desired, function, "kept");

    assertThat(shown(seen)).containsExactly("timeout=7/null");
    assertThat(seen.lacksVariablesFor(Diff.between(desired, function), desired)).isTrue();
    assertThat(seen.lacksVariablesFor(other, desired)).isFalse();
    assertThat(secured.lacksVariablesFor(Diff.between(desired, function), desired)).isFalse();
  }

  @Test
  void anEmptyEnvironmentNeedsNoSecret() {
    assertThat(shown(taken("{environment: {variables: {AA: x}}}", "{}")))
        .containsExactly("environment.variables=null/null");
  }

  @Test
  void whatAwsCannotReadHasToWaitAndIsNotOverwritten() {
    String spec = "{kmsKeyArn: key-b, environment: {variables: {AA: x}}}";
    ObservedFunction function =
        TestSpecs.function(
            "{KMSKeyArn: key-a, Environment: {Error: {ErrorCode: AccessDenied, Message: no}}}");
    Baseline baseline = taken(NONE, TestSpecs.desired(spec), function);
    assertThat(shown(baseline)).containsExactly("kmsKeyArn=key-a/null");

    Plan careful = Diff.between(TestSpecs.desired(spec).sparing(baseline), function);
    assertThat(careful.request()).containsOnlyKeys("KMSKeyArn");
    assertThat(careful.unknown()).hasSize(1);

    Baseline kept = taken(spec, "{KMSKeyArn: key-a, Environment: {Variables: {OLD: y}}}");
    Baseline known = kept.confirmed();
    assertThat(Diff.between(TestSpecs.desired(spec).sparing(known), function).request())
        .containsOnlyKeys("KMSKeyArn", "Environment");

    // What is provisional is kept for another update, and can be older than what is unreadable.
    assertThat(Diff.between(TestSpecs.desired(spec).sparing(kept), function).request())
        .containsOnlyKeys("KMSKeyArn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {deadLetterConfig: {targetArn: q}}  | {"DeadLetterConfig":{"TargetArn":""}}
          {description: new}                  | {"Description":""}
          {tracingConfig: {mode: Active}}     | {"TracingConfig":{"Mode":"PassThrough"}}
          {timeout: 30}                       | {"Timeout":3}
          {ephemeralStorage: {size: 1024}}    | {"EphemeralStorage":{"Size":512}}
          {handler: app.h}                    | {}
          {loggingConfig: {logFormat: JSON, applicationLogLevel: DEBUG}} | {"LoggingConfig":{"LogFormat":"Text","LogGroup":"/aws/lambda/fn"}}
          """)
  void whatWasAbsentIsClearedOrGoesBackToTheDefault(String spec, String request) {
    Desired desired = TestSpecs.desired(spec);
    ObjectNode before = TestSpecs.tree("{FunctionName: fn}");
    Baseline baseline = taken(NONE, desired, TestSpecs.function(before));
    ObjectNode after =
        AwsModel.all()
            .getFirst()
            .applied(
                before,
                TestSpecs.json(Diff.between(desired, TestSpecs.function(before)).request()));

    Plan plan = Diff.between(desired.restoring(baseline, null), TestSpecs.function(after));

    assertThat(TestSpecs.json(plan.request())).hasToString(request);
  }

  @Test
  void aLostSecretLeavesTheEnvironmentAloneAndRestoresTheRest() {
    String spec = "{timeout: 30, environment: {variables: {AA: x}}}";
    Baseline baseline = taken(spec, "{Timeout: 7, Environment: {Variables: {OLD: y}}}");

    assertThat(TestSpecs.desired(spec).restoring(baseline, null).managedPaths())
        .containsExactly("timeout");
  }

  @Test
  void survivesTheStatusAndItsJson() {
    Baseline baseline =
        taken(
            "{timeout: 1, layers: [], tracingConfig: {}, fileSystemConfigs: []}",
            "{Timeout: 7, Layers: [{Arn: a}], TracingConfig: {Mode: Active},"
                + " FileSystemConfigs: [{Arn: f, LocalMountPath: /mnt/a}]}");

    List<BaselineField> read =
        Objects.requireNonNull(baseline.fields()).stream()
            .map(field -> Serialization.unmarshal(json(field), BaselineField.class))
            .toList();

    assertThat(read).isEqualTo(baseline.fields());
  }

  private static String json(BaselineField field) {
    return Serialization.asJson(field);
  }

  @Test
  void whateverWasDoneComesBackExactly() {
    int restored = 0;
    for (long seed = 1; seed <= 1000; seed++) {
      Generator generator = new Generator(seed);
      Desired desired = TestSpecs.desired(generator.spec());
      ObjectNode before = generator.function();
      if (desired.problems().isEmpty()) {
        for (AwsModel aws : AwsModel.all()) {
          restored += comesBack("seed " + seed + " on " + aws, desired, before, aws) ? 1 : 0;
        }
      }
    }
    assertThat(restored).isGreaterThan(1000);
  }

  private static boolean comesBack(String as, Desired desired, ObjectNode before, AwsModel aws) {
    ObservedFunction original = TestSpecs.function(before);
    Baseline baseline = taken(NONE, desired, original);
    Map<String, String> variables = new HashMap<>();
    original
        .environment()
        .forEach((name, value) -> variables.put(name, ((Value.Secret) value).text()));
    Desired restoring = desired.restoring(baseline, variables);
    ObjectNode changed = applied(aws, before, desired);
    ObjectNode after = changed == null ? null : applied(aws, changed, restoring);
    if (after == null) {
      return false;
    }
    assertThat(values(TestSpecs.function(after), restoring))
        .as("%s: %s then %s", as, before, changed)
        .isEqualTo(values(original, restoring));
    return true;
  }

  private static @Nullable ObjectNode applied(AwsModel aws, ObjectNode to, Desired desired) {
    try {
      return aws.applied(
          to, TestSpecs.json(Diff.between(desired, TestSpecs.function(to)).request()));
    } catch (AwsModel.Refused e) {
      return null;
    }
  }

  private static Map<String, Object> values(ObservedFunction function, Desired of) {
    Map<String, Object> values = new HashMap<>();
    for (Member member : FieldTable.MEMBERS) {
      Value whole = member.in(function);
      for (Field field : of.of(member).keySet()) {
        Value value = field.normal(field.in(whole), "fn", whole);
        values.put(
            field.path(), value == null ? "" : TestSpecs.json(Map.of("x", value)).toString());
      }
    }
    return values;
  }

  @Test
  void knowsWhichFieldsASecretKeepsAndWhichSecretThatIs() {
    // Given
    Baseline baseline =
        taken("{timeout: 30, environment: {}}", "{Timeout: 7, Environment: {Variables: {AA: x}}}");

    // Then
    assertThat(baseline.secretPaths()).containsExactly("environment.variables");
    assertThat(baseline.secretName()).isEqualTo("kept");
    assertThat(shown(baseline.keptIn("moved")))
        .containsExactlyInAnyOrder("timeout=7/null", "environment.variables=null/moved");
    assertThat(shown(baseline.withoutSecret())).containsExactly("timeout=7/null");
    assertThat(baseline.withoutSecret().secretPaths()).isEmpty();
    assertThat(baseline.withoutSecret().secretName()).isNull();
  }
}
