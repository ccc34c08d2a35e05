package dev.lambdaconfig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Label selectors as the API server takes and refuses them. */
final class SelectorSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shard=a",
        "shard==a",
        "shard != a",
        "shard",
        "!shard",
        "shard in (a)",
        "shard in (a, b,c)",
        "shard notin(a)",
        "shard=",
        "example.com/shard=a,team in (x,y),!legacy",
        "size > 3",
        "Shard_1.x=A_b.c-9",
        "in in (in)"
      })
  void aLabelSelectorIsTaken(String selector) {
    assertThat(SelectorSyntax.isValid(selector)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shard=a,",
        ",shard",
        "shard=a,,team=b",
        "shard in a",
        "shard in (a",
        "shard in (a))",
        "shard = a b",
        "-shard",
        "shard=-a",
        "shard=a=b",
        "Example.com/shard",
        "/shard",
        "a/b/c",
        "shard > a",
        "shard: a",
        "{shard: a}",
        "a123456789012345678901234567890123456789012345678901234567890123"
      })
  void whatIsNoLabelSelectorIsRefused(String selector) {
    assertThat(SelectorSyntax.isValid(selector)).isFalse();
  }
}
