package dev.lambdaconfig.plan.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message repeats a value, or only has words in common with it. */
final class EchoesTest {

  private static boolean repeats(String message, String name, String value) {
    return new Echoes(message, List.of()).repeats(name, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          value "zq" is bad        | zq     | true
          value 'zq' is bad        | zq     | true
          value `zq` is bad        | zq     | true
          A=zq                     | zq     | true
          A = zq                   | zq     | true
          A <zq>                   | zq     | true
          A “zq”                   | zq     | true
          "A":zq                   | zq     | true
          'A':zq,                  | zq     | true
          A :zq                    | zq     | false
          A: zq                    | zq     | true
          A (zq)                   | zq     | true
          A [zq]                   | zq     | true
          A {zq}                   | zq     | true
          list [ zq]               | zq     | true
          map { zq}                | zq     | true
          sum ( zq)                | zq     | true
          A = zqe                  | zq     | false
          turn zq                  | zq     | false
          zq                       | zq     | false
          zq = A                   | zq     | false
          :zq                      | zq     | false
           zq                      | zq     | false
          "zq                      | zq     | true
          "zqe" or "zq"            | zq     | true
          (zqe) or (zq)            | zq     | true
          because zqe; A = zq      | zq     | true
          """)
  void aShortValueCountsWhereItStandsAsAValue(String message, String value, boolean repeated) {
    assertThat(repeats(message, "SECRET", value)).isEqualTo(repeated);
  }

  @Test
  void aWordOfFourLettersCountsAnywhere() {
    assertThat(repeats("the word is abcd here", "SECRET", "abcd")).isTrue();
    assertThat(repeats("the word is abc here", "SECRET", "abc")).isFalse();
    assertThat(repeats("the word is here", "SECRET", "abcd")).isFalse();
  }

  @Test
  void eightLettersInARowAreNoCoincidence() {
    assertThat(repeats("cut: abcdefgh", "SECRET", "abcdefghijkl")).isTrue();
    assertThat(repeats("cut: abcdefg-", "SECRET", "abcdefghijkl")).isFalse();
    assertThat(repeats("cut ijklmnop", "SECRET", "abcdefghijklmnop")).isTrue();
    assertThat(repeats("in xabcdefghx", "SECRET", "abcdefgh")).isTrue();
    assertThat(repeats("in xabcdefgx", "SECRET", "abcdefg")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SECRET has zq            | true
          has zq in SECRET         | true
          the SECRET: zq           | true
          SECRETS has zq           | false
          MY_SECRET has zq         | false
          SECRET_2 has zq          | false
          SECRET2 has zq           | false
          2SECRET has zq           | false
          MY_SECRET, SECRET has zq | true
          SECRETS, SECRET has zq   | true
          secret has zq            | false
          """)
  void besideItsNameAShortValueCountsAnywhere(String message, boolean repeated) {
    assertThat(repeats(message, "SECRET", "zq")).isEqualTo(repeated);
  }

  @Test
  void besideItsNameFourLettersInARowAreNoCoincidence() {
    assertThat(repeats("SECRET cut to abcd", "SECRET", "abcdefghijkl")).isTrue();
    assertThat(repeats("SECRET cut to abc", "SECRET", "abcdefghijkl")).isFalse();
    assertThat(repeats("cut to abcd", "SECRET", "abcdefghijkl")).isFalse();
  }

  @Test
  void anEmptyValueIsInNoMessage() {
    assertThat(repeats("SECRET is \"\"", "SECRET", "")).isFalse();
  }

  @Test
  void whatIsPublicIsNoEchoUnlessItIsQuoted() {
    // Given
    Echoes echoes =
        new Echoes(
            "role arn:aws:iam::1:role/orders is: orders", List.of("arn:aws:iam::1:role/orders"));

    // Then
    assertThat(echoes.repeats("SECRET", "arn:aws:iam")).isFalse();
    assertThat(echoes.repeats("SECRET", "orders")).isTrue();
    assertThat(new Echoes("role 'orders'", List.of("orders")).repeats("SECRET", "orders")).isTrue();
    assertThat(new Echoes("role orders", List.of("orders")).repeats("SECRET", "orders")).isFalse();
    assertThat(new Echoes("role: orders", List.of("orders")).repeats("SECRET", "orders")).isFalse();
  }

  @Test
  void itsTextIsItsLength() {
    assertThat(new Echoes("secret", List.of())).hasToString("Echoes[6 characters]");
  }
}
