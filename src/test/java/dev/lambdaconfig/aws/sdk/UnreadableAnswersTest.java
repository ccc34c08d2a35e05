package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.read.FunctionTags;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of an answer that cannot be read, nothing is repeated: it can have environment values. */
final class UnreadableAnswersTest {

  private static final String CANARY = "c4n4ry";

  private static final Target ORDERS = new Target("eu-west-1", "orders");

  @RegisterExtension final RawFunctions aws = new RawFunctions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Environment\": {\"Variables\": {\"SECRET\": c4n4ry}}}",
        "{\"Environment\": {\"Variables\": {\"SECRET\": \"\\q c4n4ry\"}}}",
        "{\"Environment\": {\"Variables\": {\"SECRET\": \"c4n4ry",
        "{\"Timeout\": \"c4n4ry\"}",
        "{\"Timeout\": 1c4n4ry}",
        "{\"Timeout\": {\"c4n4ry\": 1}, \"Layers\": \"c4n4ry\"}",
        "{\"Layers\": [c4n4ry]}",
        "<html>c4n4ry</html>",
        "c4n4ry",
        "[]",
        "null"
      })
  void theAnswerIsDescribedFromOutside(String body) {
    // Given
    aws.answers(200, "text/html; charset=utf-8", body);

    // Then
    for (Answer answer : List.of(aws.functions().read(ORDERS), aws.update(ORDERS))) {
      requireNothingOf(body, failure(answer));
    }
    requireNothingOf(body, failure(aws.functions().list("eu-west-1", null, null)));

    // And when
    aws.answers(200, "text/html; charset=utf-8", "{\"Configuration\": " + body + "}");

    // Then
    requireNothingOf(body, failure(aws.functions().readFunction(ORDERS)));
  }

  @Test
  void theMessageSaysWhatCame() {
    // Given
    aws.answers(200, "text/html; charset=utf-8", "<html>" + CANARY + "</html>");

    // Then
    assertThat(failure(aws.functions().read(ORDERS)).message())
        .isEqualTo(
            "the answer to GetFunctionConfiguration is not the JSON that AWS sends (HTTP 200,"
                + " text/html, 19 bytes): check AWS_ENDPOINT_URL if it is set, and the proxies on"
                + " the way");
    assertThat(failure(aws.update(ORDERS)).message())
        .startsWith("the answer to UpdateFunctionConfiguration");
  }

  @Test
  void anAnswerThatCannotBeReadSaysNothingAboutTheEndpointOfOthers() {
    // Given
    aws.answers(CANARY);
    Failure failure = failure(aws.functions().read(ORDERS));

    // Then
    assertThat(failure.code()).isEqualTo(Failure.CLIENT_ERROR);
    assertThat(CallOutcome.of(failure)).isEqualTo(CallOutcome.UNKNOWN);
    assertThat(failure.mayHaveBeenApplied()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 429, 500, 502})
  void ofAnErrorThatCannotBeReadNothingIsRepeatedEither(int status) {
    for (String body : List.of("c4n4ry", "{\"message\": c4n4ry}", "\"c4n4ry\"", "[c4n4ry]")) {
      // Given
      aws.answers(status, "application/json", body);

      // Then
      for (Answer answer :
          List.of(
              aws.functions().read(ORDERS),
              aws.functions().readFunction(ORDERS),
              aws.update(ORDERS))) {
        Failure failure = failure(answer);
        assertThat(failure.code()).isEqualTo("HTTP" + status);
        assertThat(String.valueOf(failure.message())).doesNotContain(CANARY);
      }
    }
  }

  @Test
  void tagsThatCannotBeReadAreUntold() {
    // Given
    aws.answers("{\"Tags\": {\"team\": " + CANARY + "}}");

    // Then
    assertThat(new SdkFunctionReads(aws.clients(), CallListener.NONE).tags(ORDERS))
        .isInstanceOfSatisfying(
            FunctionTags.Untold.class,
            untold -> assertThat(untold.failure().message()).doesNotContain(CANARY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<c4n4ry>",
        "<a>c4n4ry</b>",
        "<a c4n4ry>",
        "&c4n4ry;",
        "c4n4ry",
        "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>"
            + "<Expiration>c4n4ry</Expiration></Credentials></AssumeRoleWithWebIdentityResult>"
            + "</AssumeRoleWithWebIdentityResponse>"
      })
  void ofAnAnswerOfStsNothingIsRepeated(String body) {
    for (int status : List.of(200, 403, 500)) {
      // Given
      aws.answers(status, "text/xml", body);

      // When
      RoleSessions.Result result =
          aws.functions()
              .sessions()
              .assume(
                  new RoleSessions.Request(
                      "key",
                      "eu-west-1",
                      "arn:aws:iam::123456789012:role/writer",
                      "team@writer",
                      Duration.ofHours(1),
                      new RoleSessions.ByToken(new WebIdentityToken("token", null))));

      // Then
      assertThat(result)
          .isInstanceOfSatisfying(
              RoleSessions.Refused.class,
              refused ->
                  assertThat(String.valueOf(refused.failure().message())).doesNotContain(CANARY));
    }
  }

  private static Failure failure(Object answer) {
    return switch (answer) {
      case Answer.Failed(Failure failure) -> failure;
      case FunctionLists.Failed(Failure failure) -> failure;
      default -> throw new AssertionError("no failure: " + answer);
    };
  }

  private static void requireNothingOf(String body, Failure failure) {
    assertThat(failure.code()).as(body).isEqualTo(Failure.CLIENT_ERROR);
    assertThat(failure.message()).as(body).contains("answer").doesNotContain(CANARY);
  }
}
