package dev.lambdaconfig.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Role session names, by which CloudTrail shows whose call it was. */
final class SessionNameTest {

  @Test
  void carriesNamespaceAndServiceAccount() {
    assertThat(SessionName.of("team-a", "lambda.writer")).isEqualTo("team-a@lambda.writer");
  }

  @Test
  void isLegalAndDistinctHoweverLongTheNamesAre() {
    // When
    String one = SessionName.of("n".repeat(63), "s".repeat(252) + "1");
    String other = SessionName.of("n".repeat(63), "s".repeat(252) + "2");

    // Then
    assertThat(one).matches("[\\w+=,.@-]{2,64}").startsWith("nnn");
    assertThat(other).matches("[\\w+=,.@-]{2,64}").isNotEqualTo(one);
  }
}
