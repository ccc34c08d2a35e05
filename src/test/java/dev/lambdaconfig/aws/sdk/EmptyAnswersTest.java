package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.aws.read.FunctionTags;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that describes no function is a failure, and no function with default settings. */
final class EmptyAnswersTest {

  private static final Target ORDERS = new Target("eu-west-1", "orders");

  private static final String NAMES =
      "\"FunctionName\": \"orders\","
          + " \"FunctionArn\": \"arn:aws:lambda:eu-west-1:123456789012:function:orders\"";

  @RegisterExtension final RawFunctions aws = new RawFunctions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "{\"FunctionName\": null, \"FunctionArn\": null, \"Timeout\": null}",
        "{\"message\": \"Rate exceeded\", \"__type\": \"ThrottlingException\"}",
        "{\"Timeout\": 3}",
        "{\"FunctionName\": \"\", \"FunctionArn\": \"\"}"
      })
  void anAnswerWithoutNameAndArnDescribesNoFunction(String body) {
    // Given
    aws.answers(body);

    // Then
    requireFailure(aws.functions().read(ORDERS), "GetFunctionConfiguration");
    requireFailure(aws.update(ORDERS), "UpdateFunctionConfiguration");

    // And when
    aws.answers("{\"Configuration\": " + (body.isBlank() ? "null" : body) + "}");

    // Then
    requireFailure(aws.functions().readFunction(ORDERS), "GetFunction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"FunctionName\": \"orders\", \"Timeout\": 3}",
        "{\"FunctionArn\": \"arn:aws:lambda:eu-west-1:123456789012:function:orders\"}",
      })
  void anAnswerOfAnotherMakeMayLackOneOfThem(String body) {
    // Given
    aws.answers(body);

    // Then
    assertThat(aws.functions().read(ORDERS)).isInstanceOf(Answer.Described.class);
    assertThat(aws.update(ORDERS)).isInstanceOf(Answer.Described.class);
  }

  @Test
  void anAnswerWithoutContentDescribesNoFunction() {
    // Given
    aws.answers(204, "application/json", "");

    // Then
    requireFailure(aws.functions().read(ORDERS), "GetFunctionConfiguration");
    requireFailure(aws.functions().readFunction(ORDERS), "GetFunction");
    requireFailure(aws.update(ORDERS), "UpdateFunctionConfiguration");
  }

  @Test
  void anUpdateWithoutDescriptionMayHaveBeenApplied() {
    // Given
    aws.answers("{}");

    // Then
    assertThat(aws.update(ORDERS))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure().mayHaveBeenApplied()).isTrue());
  }

  @Test
  void nameAndArnAreEnoughOfAnEmulator() {
    // Given
    aws.answers("{" + NAMES + "}");

    // Then
    assertThat(aws.functions().read(ORDERS)).isInstanceOf(Answer.Described.class);
    assertThat(aws.update(ORDERS)).isInstanceOf(Answer.Described.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"Functions\": null}", "{\"message\": \"Rate exceeded\"}"})
  void anAnswerWithoutAListIsNoEmptyList(String body) {
    // Given
    aws.answers(body);
    SdkFunctionReads reads = new SdkFunctionReads(aws.clients(), CallListener.NONE);

    // Then
    assertThat(aws.functions().list("eu-west-1", null, null))
        .isInstanceOf(FunctionLists.Failed.class);
    assertThat(reads.page("eu-west-1", null)).isInstanceOf(FunctionReads.Refused.class);
    assertThat(reads.tags(ORDERS)).isInstanceOf(FunctionTags.Untold.class);
  }

  @Test
  void emptyListsAreAnswers() {
    // Given
    aws.answers("{\"Functions\": [], \"Tags\": {}}");
    SdkFunctionReads reads = new SdkFunctionReads(aws.clients(), CallListener.NONE);

    // Then
    assertThat(aws.functions().list("eu-west-1", null, null))
        .isEqualTo(new FunctionLists.Page(List.of(), null));
    assertThat(reads.page("eu-west-1", null)).isInstanceOf(FunctionReads.Listed.class);
    assertThat(reads.tags(ORDERS)).isEqualTo(new FunctionTags.Tags(Map.of()));
  }

  @Test
  void entriesThatDescribeNoFunctionAreIgnoredAndCounted() {
    // Given
    aws.answers(
        "{\"Functions\": [null, {}, {\"FunctionName\": \"\"}, {"
            + NAMES
            + ", \"RevisionId\": \"r1\"}]}");

    // Then
    assertThat(aws.functions().list("eu-west-1", null, null))
        .isInstanceOfSatisfying(
            FunctionLists.Page.class,
            page -> {
              assertThat(page.functions())
                  .extracting(FunctionLists.ListedFunction::name)
                  .containsExactly("orders");
              assertThat(page.ignored()).isEqualTo(3);
            });
  }

  private static void requireFailure(Answer answer, String operation) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.failure().code()).isEqualTo(Failure.CLIENT_ERROR);
              assertThat(FailureKind.of(failed.failure())).isEqualTo(FailureKind.TRANSIENT);
              assertThat(failed.failure().message())
                  .contains("answer to " + operation + " describes no function", "Function");
            });
  }
}
