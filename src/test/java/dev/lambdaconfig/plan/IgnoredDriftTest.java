package dev.lambdaconfig.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which drift is left, by what was last applied. */
final class IgnoredDriftTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{memorySize: 256}           | 256            | {MemorySize: 512}   | false",
        "{memorySize: 512}           | 256            | {MemorySize: 1024}  | true",
        "{memorySize: 256}           |                | {MemorySize: 512}   | true",
        "{description: ''}           | ''             | {Description: x}    | false",
        "{description: ''}           | mine           | {Description: x}    | true",
        "{description: mine}         | ''             | {Description: x}    | true",
        "{vpcConfig: {subnetIds: [b, a]}} | '[a, b]'  | {VpcConfig: {SubnetIds: [c],"
            + " SecurityGroupIds: [g]}} | false",
        "{layers: [b, a]}            | '[a, b]'       | {Layers: [{Arn: c}]} | true",
      })
  void aValueIsSentUnlessItIsTheOneThatWasLastApplied(
      String spec, String applied, String function, boolean sent) {
    // Given
    String path = TestSpecs.desired(spec).managedPaths().getFirst();
    Object last =
        applied == null
            ? null
            : PlainValues.plain(
                TestSpecs.value(TestSpecs.tree("{x: " + quoted(applied) + "}").get("x")));

    // When
    Plan plan =
        Diff.between(
            TestSpecs.ignoring(path, spec, List.of(new IgnoredField(path, last, null))),
            TestSpecs.function(function));

    // Then
    assertThat(plan.differences()).isNotEmpty();
    assertThat(plan.isEmpty()).isEqualTo(!sent);
    assertThat(plan.left()).isEqualTo(sent ? List.of() : List.of(path));
  }

  private static String quoted(String yaml) {
    return yaml.isEmpty() ? "''" : yaml;
  }

  @Test
  void aBlockStandsForItsFields() {
    // When
    Desired desired =
        TestSpecs.ignoring(
            "vpcConfig,environment.variables.AA,handler",
            "{vpcConfig: {subnetIds: [a]}, environment: {variables: {BB: x}}}");

    // Then
    assertThat(desired.ignored().paths())
        .containsExactly("vpcConfig.subnetIds", "environment.variables.AA");
  }

  @Test
  void whatTheFunctionHasIsApplied() {
    // Given
    Desired desired = TestSpecs.ignoring("timeout memorySize", "{timeout: 9, memorySize: 256}");
    var function = TestSpecs.function("{Timeout: 9, MemorySize: 128}");

    // When
    IgnoredDrift after =
        desired.ignored().after(Diff.between(desired, function), function, List.of());

    // Then
    assertThat(after.reported(3))
        .containsExactly(
            new IgnoredField("timeout", 9, null), new IgnoredField("memorySize", null, null));
    assertThat(after.leaves("timeout")).isTrue();
    assertThat(after.leaves("memorySize")).isFalse();
  }

  @Test
  void whatAnUpdateSentIsAppliedAlsoIfItHasDriftedSince() {
    // Given
    Desired desired = TestSpecs.ignoring("timeout", "{timeout: 9}");
    var function = TestSpecs.function("{Timeout: 3}");

    // When
    IgnoredDrift after =
        desired.ignored().after(Diff.between(desired, function), function, List.of("timeout"));

    // Then
    assertThat(after.leaves("timeout")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"InProgress", "Failed"})
  void aFunctionThatDoesNotRunWithWhatItShowsProvesNothing(String lastUpdateStatus) {
    // Given
    Desired desired = TestSpecs.ignoring("timeout", "{timeout: 9}");
    var function = TestSpecs.function("{Timeout: 9, LastUpdateStatus: " + lastUpdateStatus + "}");

    // When
    IgnoredDrift after =
        desired.ignored().after(Diff.between(desired, function), function, List.of());

    // Then
    assertThat(after.leaves("timeout")).isFalse();
  }

  @Test
  void whatAwsCouldNotReadProvesNothing() {
    // Given
    Desired desired =
        TestSpecs.ignoring("environment.variables.AA", "{environment: {variables: {AA: x}}}");
    var function = TestSpecs.function("{Environment: {Error: {ErrorCode: KMSAccessDenied}}}");

    // When
    IgnoredDrift after =
        desired.ignored().after(Diff.between(desired, function), function, List.of());

    // Then
    assertThat(after.leaves("environment.variables.AA")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        // fingerprint that this process keeps, generation in the status, whether it is left
        "of 1:x, 1, true",
        "of 1:x, 7, true",
        "of 1:y, 1, false",
        "NONE, 1, true",
        "NONE, 7, false",
        "NONE, NONE, false",
      },
      nullValues = "NONE")
  void aVariableIsComparedByFingerprintOrByGeneration(
      String fingerprint, Long generation, boolean left) {
    // Given
    String path = "environment.variables.AA";

    // When
    Desired desired =
        TestSpecs.desired("{environment: {variables: {AA: x}}}")
            .ignoring(
                path,
                new IgnoredDrift.Past(
                    List.of(new IgnoredField(path, null, generation)),
                    1,
                    false,
                    other -> false,
                    fingerprint == null ? Map.of() : Map.of(path, fingerprint),
                    text -> "of " + text));

    // Then
    assertThat(desired.ignored().leaves(path)).isEqualTo(left);
    assertThat(desired.ignored().reported(1))
        .hasToString(
            "[IgnoredField[path="
                + path
                + ", applied=null, generation="
                + (left ? "1" : "null")
                + "]]");
  }

  @Test
  void leftVariablesAreSentAsTheFunctionHasThem() {
    // Given
    List<IgnoredField> applied =
        List.of(
            new IgnoredField("environment.variables.AA", null, 1L),
            new IgnoredField("environment.variables.CC", null, 1L),
            new IgnoredField("environment.variables.DD", null, 1L));

    // When
    Plan plan =
        Diff.between(
            TestSpecs.ignoring(
                "environment.variables.AA environment.variables.CC environment.variables.DD",
                "{environment: {variables: {AA: a, BB: b, CC: c}}}",
                applied),
            TestSpecs.function("{Environment: {Variables: {AA: other, BB: x, DD: d, EE: e}}}"));

    // Then
    assertThat(TestSpecs.json(plan.request()))
        .hasToString(
            "{\"Environment\":{\"Variables\":{\"AA\":\"other\",\"BB\":\"b\",\"DD\":\"d\"}}}");
    assertThat(plan.left())
        .containsExactly(
            "environment.variables.AA", "environment.variables.CC", "environment.variables.DD");
    assertThat(plan.merged()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environment.variables.AA | {\"KMSKeyArn\":\"key-b\"} | [environment]",
        "handler | {\"Environment\":{\"Variables\":{\"AA\":\"x\"}},\"KMSKeyArn\":\"key-b\"} | []",
      })
  void aNewKeyOverwritesUnreadableVariablesUnlessTheirDriftIsIgnored(
      String ignored, String request, String unknown) {
    // When
    Plan plan =
        Diff.between(
            TestSpecs.ignoring(
                ignored,
                "{kmsKeyArn: key-b, environment: {variables: {AA: x}}}",
                List.of(new IgnoredField(ignored, null, 1L))),
            TestSpecs.function(
                "{KMSKeyArn: key-a, Environment: {Error: {ErrorCode: KMSAccessDenied}}}"));

    // Then
    assertThat(TestSpecs.json(plan.request())).hasToString(request);
    assertThat(plan.unknown().stream().map(Plan.Unknown::path).toList()).hasToString(unknown);
  }

  @ParameterizedTest
  @CsvSource({
    "environment.variables.LITERAL, true",
    "environment.variables.NAMED,   false",
    "environment.variables.TAKEN,   false",
    "environment.variables.ABSENT,  false",
    "environment,                   false",
    "timeout,                       true",
  })
  void aRewrittenSourceMakesOnlyItsOwnVariablesUncertainAfterARestart(String path, boolean left) {
    // Given
    SourceKey db = SourceKey.secret("db");
    var spec =
        TestSpecs.spec(
            "{timeout: 9, environment: {variables: {LITERAL: x}, envFrom: [{secretRef: {name:"
                + " db}}], valuesFrom: [{name: NAMED, secretKeyRef: {name: db, key: TAKEN}}]}}");
    var read =
        new ValueSource.Present(
            new SourceVersion("u", "2"),
            new TreeMap<>(Map.of("TAKEN", "same", "LITERAL", "other")),
            new TreeMap<>());
    Desired desired = Desired.of(spec).resolving(spec, Map.of(db, read));

    for (boolean recorded : List.of(true, false)) {
      // When
      Desired ignoring =
          desired.ignoring(
              path,
              new IgnoredDrift.Past(
                  recorded ? recorded(desired, path) : List.of(),
                  1,
                  true,
                  other -> true,
                  Map.of(),
                  text -> "of " + text));

      // Then
      assertThat(ignoring.ignored().paths())
          .isNotEmpty()
          .allSatisfy(each -> assertThat(ignoring.ignored().leaves(each)).isEqualTo(left));
    }
  }

  /** What a status says after everything was applied. */
  private static List<IgnoredField> recorded(Desired desired, String path) {
    var past =
        new IgnoredDrift.Past(List.of(), 1, false, other -> true, Map.of(), text -> "of " + text);
    return requireNonNull(desired.ignoring(path, past).ignored().reported(1));
  }
}
