package dev.lambdaconfig.plan.environment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Variables of sources that were not read are assumed to be as the function has them. */
final class AssumedVariablesTest {

  private static final SourceKey DB = SourceKey.secret("db");
  private static final String NAMED =
      "{environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key: p}}]}}";
  private static final String ALL =
      "{environment: {envFrom: [{prefix: DB_, secretRef: {name: db}}]}}";

  private static ResolvedEnvironment assuming(
      String spec, Map<SourceKey, ValueSource> read, Map<String, String> live) {
    Environment environment = requireNonNull(TestSpecs.spec(spec).environment());
    return ResolvedEnvironment.assuming(environment, read, live);
  }

  private static ValueSource present(String key, String value) {
    return new ValueSource.Present(
        new SourceVersion("uid", "1"), new TreeMap<>(Map.of(key, value)), new TreeMap<>());
  }

  @Test
  void aNamedOneHasTheValueOfTheFunction() {
    ResolvedEnvironment resolved = assuming(NAMED, Map.of(), Map.of("PASSWORD", "c4n4ry"));

    assertThat(resolved.variables()).containsEntry("PASSWORD", "c4n4ry");
    assertThat(resolved.problem()).isNull();
    assertThat(resolved.unread())
        .containsExactly(new UnreadValue("environment.variables.PASSWORD", "from Secret db/p"));
  }

  @Test
  void oneThatTheFunctionLacksIsEmptyAndAnOptionalOneIsLeftOut() {
    String optional = NAMED.replace("key: p", "key: p, optional: true");

    assertThat(assuming(NAMED, Map.of(), Map.of()).variables()).containsEntry("PASSWORD", "");
    assertThat(assuming(optional, Map.of(), Map.of()).variables()).isEmpty();
  }

  @Test
  void thoseOfAWholeSourceAreThoseWithItsPrefix() {
    ResolvedEnvironment resolved =
        assuming(ALL, Map.of(), Map.of("DB_USER", "admin", "LOG_LEVEL", "info"));

    assertThat(resolved.variables()).containsOnlyKeys("DB_USER");
    assertThat(resolved.unread())
        .extracting(UnreadValue::path)
        .containsExactly("environment.envFrom", "environment.variables.DB_USER");
    assertThat(resolved.unread())
        .extracting(UnreadValue::why)
        .containsOnly("from Secret db, all keys, as DB_*");
  }

  @Test
  void aSourceWithoutRightsSaysWhy() {
    Map<SourceKey, ValueSource> denied = Map.of(DB, new ValueSource.Denied("no right"));

    ResolvedEnvironment named = assuming(NAMED, denied, Map.of("PASSWORD", "c4n4ry"));
    ResolvedEnvironment all = assuming(ALL, denied, Map.of());

    assertThat(named.problem()).isNull();
    assertThat(named.unread())
        .extracting(UnreadValue::why)
        .containsExactly("from Secret db/p: no right");
    assertThat(all.unread())
        .extracting(UnreadValue::why)
        .containsExactly("from Secret db, all keys, as DB_*: no right");
  }

  @Test
  void aSourceThatWasReadIsNotAssumed() {
    ResolvedEnvironment resolved =
        assuming(NAMED, Map.of(DB, present("p", "new")), Map.of("PASSWORD", "old"));

    assertThat(resolved.variables()).containsEntry("PASSWORD", "new");
    assertThat(resolved.unread()).isEmpty();
  }

  @Test
  void aSourceThatDoesNotExistIsAProblem() {
    ResolvedEnvironment resolved =
        assuming(NAMED, Map.of(DB, ValueSource.ABSENT), Map.of("PASSWORD", "old"));

    assertThat(requireNonNull(resolved.problem()).reason())
        .isEqualTo(UnresolvedValue.VALUE_NOT_FOUND);
    assertThat(resolved.unread()).isEmpty();
  }

  @Test
  void aLiteralValueOfTheSpecIsKnown() {
    ResolvedEnvironment resolved =
        assuming(
            "{environment: {variables: {DB_USER: admin}, envFrom: [{prefix: DB_, secretRef: {name:"
                + " db}}]}}",
            Map.of(),
            Map.of("DB_USER", "root"));

    assertThat(resolved.variables()).containsEntry("DB_USER", "admin");
    assertThat(resolved.unread())
        .extracting(UnreadValue::path)
        .containsExactly("environment.envFrom");
  }
}
