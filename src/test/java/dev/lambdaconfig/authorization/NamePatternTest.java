package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders       | orders            | true",
        "orders       | orders-api        | false",
        "orders       | my-orders         | false",
        "orders       | Orders            | false",
        "orders-*     | orders-           | true",
        "orders-*     | orders-api        | true",
        "orders-*     | orders            | false",
        "*            | anything:at/all   | true",
        "*-api        | orders-api        | true",
        "*-api        | orders-api-2      | false",
        "a*b*c        | abc               | true",
        "a*b*c        | a-b-b-c           | true",
        "a*b*c        | a-c-b             | false",
        "**           | x                 | true",
        "a.c          | abc               | false",
        "role/*       | role/team/a       | true",
        "*aab         | aaaab             | true",
      })
  void aStarStandsForAnyCharacters(String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void aHostilePatternTakesNoLongerThanTheProductOfBothLengths() {
    // Given: a matcher that tries every place of every star would never end
    NamePattern pattern = new NamePattern("*a".repeat(250) + "b");

    // Then
    assertThat(pattern.matches("a".repeat(2048))).isFalse();
  }
}
