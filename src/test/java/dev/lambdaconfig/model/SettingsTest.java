package dev.lambdaconfig.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  @ParameterizedTest
  @CsvSource({
    "fn, fn, fn,,",
    "fn:$LATEST, fn, fn,,",
    "123456789012:function:fn, 123456789012:function:fn, fn,, 123456789012",
    "arn:aws:lambda:eu-west-1:123456789012:function:fn,"
        + " arn:aws:lambda:eu-west-1:123456789012:function:fn, fn, eu-west-1, 123456789012",
    "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:fn:$LATEST,"
        + " arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:fn, fn, us-gov-west-1,"
        + " 123456789012",
    "arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:fn,"
        + " arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:fn, fn, eusc-de-east-1,"
        + " 123456789012"
  })
  void readsEveryWayToNameAFunction(
      String text, String sent, String name, @Nullable String region, @Nullable String account) {
    assertThat(FunctionReference.parse(text))
        .isEqualTo(new FunctionReference(sent, name, region, account));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fn:7", "fn:prod", "", "a b", "arn:aws:s3:::bucket", "fn:$LATEST:x"})
  void refusesVersionsAndNonsenseWithWhatToWrite(String text) {
    assertThatThrownBy(() -> FunctionReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(write my-function|remove the colon).*");
  }

  @Test
  void aNameIsAsLongAsAwsTakesItAndAnArnMayBeLonger() {
    String arn = "arn:aws:lambda:eu-west-1:123456789012:function:";

    assertThat(FunctionReference.parse("f".repeat(64)).name()).hasSize(64);
    assertThat(FunctionReference.parse("f".repeat(64) + ":$LATEST").name()).hasSize(64);
    assertThat(FunctionReference.parse(arn + "f".repeat(140 - arn.length())).name())
        .hasSize(140 - arn.length());
    for (String tooLong :
        List.of("f".repeat(65), "f".repeat(65) + ":$LATEST", arn + "f".repeat(141))) {
      assertThatThrownBy(() -> FunctionReference.parse(tooLong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("AWS allows at most");
    }
  }

  @Test
  void numbersAreEqualByValue() {
    assertThat(new Value.Numeral(new BigDecimal("4.0"))).isEqualTo(Value.number(4));
    assertThat(Value.number(100)).hasToString("100");
  }

  @Test
  void theEnvironmentIsSealedWhateverTheAnswerCameFrom() {
    ObservedFunction function =
        new ObservedFunction(
            Value.Structure.of(
                Map.of(
                    "Environment",
                    Value.Structure.of(
                        Map.of(
                            "Variables",
                            Value.Structure.of(Map.of("AA", Value.text("s3cret"))))))));

    assertThat(function.environment()).containsEntry("AA", new Value.Secret("s3cret"));
    assertThat(function.configuration().toString()).contains("AA").doesNotContain("s3cret");
    assertThat(function.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "EndpointUnreachable, 0, true",
    "ClientError, 0, true",
    "CredentialsUnavailable, 0, false",
    "ServiceException, 500, true",
    "HTTP503, 503, true",
    "TooManyRequestsException, 429, false",
    "ValidationException, 400, false"
  })
  void onlyCallsThatWereAnsweredAreKnownNotToBeApplied(String code, int status, boolean may) {
    Failure failure = new Failure(code, "s3cret", status, null);

    assertThat(failure.mayHaveBeenApplied()).isEqualTo(may);
    assertThat(failure.toString()).doesNotContain("s3cret");
  }
}
