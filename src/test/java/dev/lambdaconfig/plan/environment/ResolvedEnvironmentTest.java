package dev.lambdaconfig.plan.environment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The environment variables of specs that refer to Secrets and ConfigMaps. */
final class ResolvedEnvironmentTest {

  private static final SourceKey DB = SourceKey.secret("db");
  private static final SourceKey TAIL = SourceKey.configMap("tail");

  private static final String PASSWORD =
      "{environment: {variables: {LEVEL: info}, valuesFrom: [{name: DB_PASSWORD, secretKeyRef:"
          + " {name: db, key: password}}]}}";

  private final Map<SourceKey, ValueSource> sources = new HashMap<>();

  @Test
  void namedValuesAndLiteralOnesAreOneEnvironment() {
    // Given
    put(DB, Map.of("password", "canary", "unused", "other"));

    // When
    Desired desired = desired(PASSWORD);

    // Then
    assertThat(variables(desired))
        .containsOnly(entry("LEVEL", "info"), entry("DB_PASSWORD", "canary"));
    assertThat(desired.managedPaths()).containsExactly("environment.variables");
    assertThat(desired.isSourced("DB_PASSWORD")).isTrue();
    assertThat(desired.isSourced("LEVEL")).isFalse();
    assertThat(desired.sources().versions()).containsOnlyKeys(DB);
    assertThat(desired.toString()).doesNotContain("canary");
  }

  @Test
  void laterItemsWinAndNamedVariablesWinOverAllItems() {
    // Given
    put(DB, Map.of("ONE", "db", "TWO", "db", "THREE", "db", "FOUR", "db"));
    put(TAIL, Map.of("TWO", "tail", "THREE", "tail", "FOUR", "tail"));

    // When
    Desired desired =
        desired(
            "{environment: {variables: {FOUR: literal}, envFrom: [{secretRef: {name: db}},"
                + " {configMapRef: {name: tail}}], valuesFrom: [{name: THREE, secretKeyRef: {name:"
                + " db, key: ONE}}]}}");

    // Then
    assertThat(variables(desired))
        .containsOnly(
            entry("ONE", "db"),
            entry("TWO", "tail"),
            entry("THREE", "db"),
            entry("FOUR", "literal"));
    assertThat(desired.isSourced("FOUR")).isFalse();
  }

  @Test
  void keysThatCannotBeVariablesAreSkippedAndTold() {
    // Given
    sources.put(
        DB,
        ValueSource.Present.ofSecret(
            new SourceVersion("u", "1"),
            Map.of("tls.crt", "YQ==", "ok", "YQ==", "binary.jks", "/w==", "x", "YQ==")));
    put(TAIL, Map.of("REGION", "eu"));

    // When
    Desired desired =
        desired(
            "{environment: {envFrom: [{secretRef: {name: db}}, {prefix: AWS_, configMapRef: {name:"
                + " tail}}]}}");

    // Then
    assertThat(variables(desired)).containsOnlyKeys("ok");
    assertThat(desired.skipped())
        .containsOnly(
            entry(DB, List.of("binary.jks", "tls.crt", "x")), entry(TAIL, List.of("REGION")));
    assertThat(desired.unresolved()).isNull();
  }

  @Test
  void noReferencesAtAllClearTheEnvironment() {
    // When
    Desired desired = desired("{environment: {valuesFrom: [], envFrom: []}}");

    // Then
    assertThat(desired.managedPaths()).containsExactly("environment.variables");
    assertThat(Diff.between(desired, TestSpecs.function("{Environment: {Variables: {AA: b}}}")))
        .extracting(plan -> TestSpecs.json(plan.request()).toString())
        .isEqualTo("{\"Environment\":{\"Variables\":{}}}");
  }

  @Test
  void theVersionsAreThoseOfAllSourcesAbsentOnesIncluded() {
    // Given
    String spec =
        "{environment: {envFrom: [{secretRef: {name: db}}, {configMapRef: {name: tail, optional:"
            + " true}}]}}";
    put(DB, Map.of("ONE", "1"));

    // When
    String without = desired(spec).sources().digest();
    put(TAIL, Map.of("TWO", "2"));
    String with = desired(spec).sources().digest();

    // Then
    assertThat(without).hasSize(16).isNotEqualTo(with);
    assertThat(desired(spec).sources().digest()).isEqualTo(with);
    assertThat(desired("{timeout: 3}").sources().digest()).isNull();
  }

  /** What keeps a spec from being planned. */
  @Nested
  final class Unresolved {

    @Test
    void aMissingObjectIsNamed() {
      // When
      UnresolvedValue problem = unresolved(PASSWORD);

      // Then
      assertThat(problem.reason()).isEqualTo("ValueNotFound");
      assertThat(problem.message()).startsWith("Secret db does not exist: create it");
    }

    @Test
    void aMissingKeyIsNamed() {
      // Given
      put(DB, Map.of("pass", "canary"));

      // When
      UnresolvedValue problem = unresolved(PASSWORD);

      // Then
      assertThat(problem.reason()).isEqualTo("ValueNotFound");
      assertThat(problem.message())
          .startsWith("Secret db has no key password, which the variable DB_PASSWORD takes")
          .doesNotContain("canary");
    }

    @Test
    void whatIsOptionalMayBeMissing() {
      // Given
      sources.put(DB, ValueSource.ABSENT);
      put(TAIL, Map.of("A", "b"));

      // When
      Desired desired =
          desired(
              "{environment: {valuesFrom: [{name: ONE, secretKeyRef: {name: db, key: k, optional:"
                  + " true}}, {name: TWO, configMapKeyRef: {name: tail, key: k, optional: true}}],"
                  + " envFrom: [{secretRef: {name: db, optional: true}}]}}");

      // Then
      assertThat(desired.unresolved()).isNull();
      assertThat(variables(desired)).isEmpty();
    }

    @Test
    void aBinaryValueIsToldWithoutIt() {
      // Given
      sources.put(
          DB,
          ValueSource.Present.ofSecret(new SourceVersion("u", "1"), Map.of("password", "/wA=")));

      // When
      UnresolvedValue problem = unresolved(PASSWORD);

      // Then
      assertThat(problem.reason()).isEqualTo("InvalidValue");
      assertThat(problem.message())
          .isEqualTo(
              "the value of the key password of Secret db, which the variable DB_PASSWORD takes its"
                  + " value from, is not UTF-8 text: store another value, or encode it");
    }

    @Test
    void valuesThatAreTooLargeTogetherAreToldWithoutThem() {
      // Given
      put(DB, Map.of("password", "canary".repeat(600), "more", "canary".repeat(600)));

      // When
      UnresolvedValue problem = unresolved("{environment: {envFrom: [{secretRef: {name: db}}]}}");

      // Then
      assertThat(problem.reason()).isEqualTo("InvalidValue");
      assertThat(problem.message()).contains("are 7225 bytes as JSON").doesNotContain("canary");
    }

    @Test
    void aMissingRightIsReportedBeforeAnythingElse() {
      // Given
      sources.put(DB, new ValueSource.Denied("grant get on secrets"));

      // When
      UnresolvedValue problem =
          unresolved(
              "{environment: {envFrom: [{configMapRef: {name: tail}}, {secretRef: {name: db,"
                  + " optional: true}}]}}");

      // Then
      assertThat(problem.reason()).isEqualTo("ValueForbidden");
      assertThat(problem.message()).isEqualTo("grant get on secrets");
    }

    @Test
    void manyProblemsFitAMessage() {
      // Given
      String items =
          IntStream.range(0, 50)
              .mapToObj(i -> "{name: V" + i + ", secretKeyRef: {name: s" + i + ", key: k}}")
              .collect(Collectors.joining(", "));

      // When
      UnresolvedValue problem = unresolved("{environment: {valuesFrom: [" + items + "]}}");

      // Then
      assertThat(problem.message()).contains("Secret s4 does").endsWith("; and 45 more");
    }

    @Test
    void nothingIsPlannedFromIt() {
      // Given
      Desired desired = desired(PASSWORD);

      // Then
      assertThatThrownBy(() -> Diff.between(desired, TestSpecs.function("{}")))
          .isInstanceOf(IllegalStateException.class);
      assertThat(desired.managedPaths()).containsExactly("environment.variables");
    }

    private UnresolvedValue unresolved(String spec) {
      return requireNonNull(desired(spec).unresolved());
    }
  }

  @Test
  void theAuthorOfASpecLearnsNothingByGuessingASecret() {
    // Given
    put(DB, Map.of("password", "canary-password"));
    Desired guess =
        desired(PASSWORD.replace("{environment", "{description: canary-password, environment"));

    // When
    String cleaned = Redaction.of(guess, null).clean("the value canary-password is wrong");

    // Then
    assertThat(cleaned).isEqualTo(Redaction.WITHHELD);
  }

  private void put(SourceKey key, Map<String, String> values) {
    sources.put(
        key,
        new ValueSource.Present(
            new SourceVersion("uid-of-" + key.name(), "1"),
            new TreeMap<>(values),
            new TreeMap<>()));
  }

  private Desired desired(String spec) {
    Desired declared = Desired.of(TestSpecs.spec(spec));
    assertThat(declared.problems()).isEmpty();
    return declared.resolving(TestSpecs.spec(spec), sources);
  }

  private static Map<String, String> variables(Desired desired) {
    return desired
        .variables()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> TestSpecs.text(entry.getValue())));
  }
}
