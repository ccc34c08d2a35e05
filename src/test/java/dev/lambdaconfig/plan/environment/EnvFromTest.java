package dev.lambdaconfig.plan.environment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.field.Variables;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of an object that is taken as a whole, no key that makes the name of a variable is left out: it
 * would be deleted from the function.
 */
final class EnvFromTest {

  private static final SourceKey DB = SourceKey.secret("db");
  private static final String BINARY = "\ufffd";

  private static final String PREFIXED =
      "{environment: {envFrom: [{prefix: DB_, secretRef: {name: db}}]}}";

  private final Map<SourceKey, ValueSource> sources = new HashMap<>();

  @Test
  void keysThatMakeNoVariablesTakeNoRoomOfOthers() {
    // Given: certificates, beside which there is no room for keys that come later
    Map<String, String> data = new TreeMap<>(Map.of("password", "pw", "username", "admin"));
    List.of("ca.crt", "chain.pem", "client.crt", "client.key", "fullchain.pem")
        .forEach(key -> data.put(key, "x".repeat(3500)));
    secret("db", data);

    // When
    ResolvedEnvironment resolved = resolved(PREFIXED);

    // Then
    assertThat(resolved.problem()).isNull();
    assertThat(resolved.variables())
        .containsExactly(entry("DB_password", "pw"), entry("DB_username", "admin"));
    assertThat(resolved.skipped().get(DB)).hasSize(5);
  }

  @Test
  void aThousandKeysThatMakeNoVariablesHideNoValueThatCannotBeHad() {
    // Given
    Map<String, String> data = new TreeMap<>();
    IntStream.range(0, 1_000).forEach(number -> data.put("a." + number, BINARY));
    data.put("password", BINARY);
    secret("db", data);

    // When
    ResolvedEnvironment resolved = resolved(PREFIXED);

    // Then
    assertThat(requireNonNull(resolved.problem()).message())
        .contains("the key password of Secret db", "DB_password");
  }

  @Test
  void aValueThatCannotBeHadIsToldWithWhatToWriteInstead() {
    // Given
    secret("db", Map.of("password", BINARY, "user", "admin"));

    // When
    UnresolvedValue problem = requireNonNull(resolved(PREFIXED).problem());

    // Then
    assertThat(problem.reason()).isEqualTo("InvalidValue");
    assertThat(problem.message())
        .isEqualTo(
            "the value of the key password of Secret db, which the variable DB_password takes its"
                + " value from, is not UTF-8 text: store another value, or encode it, or name the"
                + " keys to take in valuesFrom instead of envFrom");
  }

  @Test
  void aValueThatIsTooLongIsToldWithoutIt() {
    secret("db", Map.of("password", "c4n4ry".repeat(683), "user", "admin"));

    UnresolvedValue problem = requireNonNull(resolved(PREFIXED).problem());

    assertThat(problem.reason()).isEqualTo("InvalidValue");
    assertThat(problem.message())
        .contains("DB_password", "is larger than the 4 KB")
        .doesNotContain("c4n4ry");
  }

  @Test
  void anObjectWithFarTooManyVariablesIsToldOnce() {
    // Given
    Map<String, String> data = new TreeMap<>();
    IntStream.range(0, 5_000).forEach(number -> data.put("KEY_" + number, "x".repeat(90)));
    secret("db", data);

    // When
    UnresolvedValue problem = requireNonNull(resolved(PREFIXED).problem());

    // Then
    assertThat(problem.message())
        .isEqualTo(
            "Secret db, all of whose keys envFrom takes, has far more than the 4096 bytes that AWS"
                + " allows for all variables: name the keys to take in valuesFrom instead, or store"
                + " large values elsewhere");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{variables: {PASSWORD: good}, envFrom: [{secretRef: {name: db}}]}",
        "{envFrom: [{secretRef: {name: db}}, {secretRef: {name: other}}]}",
        "{envFrom: [{secretRef: {name: db}}], valuesFrom: [{name: PASSWORD, secretKeyRef: {name:"
            + " other, key: PASSWORD}}]}",
      })
  void aValueThatALaterOneReplacesIsNotNeeded(String environment) {
    secret("db", Map.of("PASSWORD", BINARY));
    secret("other", Map.of("PASSWORD", "good"));

    ResolvedEnvironment resolved = resolved("{environment: " + environment + "}");

    assertThat(resolved.problem()).isNull();
    assertThat(resolved.variables()).containsExactly(entry("PASSWORD", "good"));
  }

  @Test
  void anEarlierValueDoesNotStandForOneThatCannotBeHad() {
    secret("db", Map.of("PASSWORD", BINARY));
    secret("other", Map.of("PASSWORD", "former"));

    ResolvedEnvironment resolved =
        resolved("{environment: {envFrom: [{secretRef: {name: other}}, {secretRef: {name: db}}]}}");

    assertThat(resolved.problem()).isNotNull();
  }

  @Test
  void everyKeyWithTheNameOfAVariableIsOneOrAProblem() {
    long seed = Long.getLong("hostile.seed", System.nanoTime());
    for (int number = 0; number < 500; number++) {
      String hint = "case " + number + " of -Dhostile.seed=" + seed;
      Random random = new Random(seed + number);

      // Given
      Map<String, String> db = randomData(random);
      Map<String, String> other = randomData(random);
      secret("db", db);
      secret("other", other);

      // When
      ResolvedEnvironment resolved =
          resolved(
              "{environment: {envFrom: [{prefix: P_, secretRef: {name: db}}, {secretRef: {name:"
                  + " other}}, {secretRef: {name: db}}]}}");

      // Then
      Map<String, String> expected = asAPodHasThem(db, other);
      boolean possible =
          !expected.containsValue(BINARY) && Variables.leastBytes(expected) <= Variables.MOST_BYTES;
      assertThat(resolved.problem() == null).as(hint).isEqualTo(possible);
      if (possible) {
        assertThat(resolved.variables()).as(hint).isEqualTo(expected);
      }
    }
  }

  /** Keys of some forms, and values of some lengths; now and then many, large or binary ones. */
  private static Map<String, String> randomData(Random random) {
    Map<String, String> data = new TreeMap<>();
    int most = random.nextInt(4) == 0 ? 700 : 8;
    int longest = List.of(5, 50, 5_000).get(random.nextInt(3));
    boolean binary = random.nextInt(3) == 0;
    for (int keys = random.nextInt(most); keys > 0; keys--) {
      String key = List.of("a", "b.", "_", "Z", "1").get(random.nextInt(5)) + random.nextInt(1_000);
      boolean named = key.startsWith("a") || key.startsWith("Z");
      // What makes no variable may be of any size.
      int length = random.nextInt(named ? Math.min(longest, 40) : longest);
      data.put(key, binary && random.nextInt(10) == 0 ? BINARY : "x".repeat(length));
    }
    return data;
  }

  private static Map<String, String> asAPodHasThem(
      Map<String, String> db, Map<String, String> other) {
    Map<String, String> variables = new TreeMap<>();
    db.forEach((key, value) -> putIfVariable(variables, "P_" + key, value));
    other.forEach((key, value) -> putIfVariable(variables, key, value));
    db.forEach((key, value) -> putIfVariable(variables, key, value));
    return variables;
  }

  private static void putIfVariable(Map<String, String> variables, String name, String value) {
    if (name.matches("[a-zA-Z][a-zA-Z0-9_]+")) {
      variables.put(name, value);
    }
  }

  private void secret(String name, Map<String, String> data) {
    Map<String, String> encoded = new TreeMap<>();
    data.forEach(
        (key, value) ->
            encoded.put(
                key,
                value.equals(BINARY)
                    ? "/w=="
                    : Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    sources.put(
        SourceKey.secret(name),
        ValueSource.Present.ofSecret(new SourceVersion("uid-of-" + name, "1"), encoded));
  }

  private ResolvedEnvironment resolved(String spec) {
    @Nullable Environment environment = TestSpecs.spec(spec).environment();
    Map<SourceKey, ValueSource> needed = new HashMap<>();
    sources.forEach(
        (key, read) -> needed.put(key, ResolvedEnvironment.needed(environment, key, read)));
    return ResolvedEnvironment.of(environment, needed);
  }
}
