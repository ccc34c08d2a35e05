package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that no administrator means: each is refused as a whole, and soon. */
final class HostilePolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: [{namespaces: [&a team-a]}, {namespaces: [*a]}]",
        "rules: [{namespaces: &n [team-a]}, {namespaces: *n}]",
        "rules: [&r {namespaces: [team-a]}, {<<: *r, functions: [x]}]",
        "identities: [{namespaces: [&a team-a], role: 'arn:aws:iam::123456789012:role/a'},"
            + " {namespaces: [*a], role: 'arn:aws:iam::123456789012:role/b'}]",
        "rules: *unknown"
      })
  void anAliasIsNotTakenForTheNameOfItsAnchor(String text) {
    assertThatThrownBy(() -> Policy.parse(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("line 1 has the alias *");
  }

  static Stream<String> hugeAndDeep() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(9)));
    }
    return Stream.of(
        bomb + "rules: *a11\n",
        "rules: " + "[".repeat(100_000),
        "rules: " + "{a: ".repeat(50_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        "rules: [{namespaces: [" + "9".repeat(100_000) + "]}]",
        "rules: [{namespaces: [1e999999999]}]",
        "rules: [{namespaces: [a], functions: [" + "1, ".repeat(900) + "1]}]",
        "rules: [" + "5, ".repeat(9000) + "5]",
        "rules: [{namespaces: ['a\0b']}]",
        "rules: [{namespaces: ['\uD800']}]",
        "? [a]\n: b",
        "rules: []\n---\nrules: [{namespaces: [a]}]");
  }

  @ParameterizedTest
  @MethodSource("hugeAndDeep")
  void aHugeOrDeepTextIsRefusedInFewWords(String text) {
    assertThatThrownBy(() -> Policy.parse(text))
        .isInstanceOf(PolicyException.class)
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(10_000));
  }
}
