package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer about another function than the one of the call is a failure. */
final class OtherFunctionsTest {

  private static final String FULL = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

  @RegisterExtension final RawFunctions aws = new RawFunctions();

  @ParameterizedTest
  @CsvSource({
    "orders, orders, arn:aws:lambda:eu-west-1:123456789012:function:mails",
    "orders, mails, arn:aws:lambda:eu-west-1:123456789012:function:mails",
    "orders, mails, " + FULL,
    "orders, orders, arn:aws:lambda:eu-west-1:123456789012:function:orders2",
    "orders, orders, arn:aws:lambda:ap-south-1:123456789012:function:orders",
    "123456789012:function:orders, orders, arn:aws:lambda:eu-west-1:999999999999:function:orders",
    FULL + ", orders, arn:aws:lambda:eu-west-1:999999999999:function:orders",
    FULL + ", orders, arn:aws:lambda:ap-south-1:123456789012:function:orders",
    "orders, orders, orders",
    "orders, orders, arn:aws:sqs:eu-west-1:123456789012:orders",
    "orders, orders, arn:aws:lambda:eu-west-1:123456789012:layer:orders",
    "orders, 123456789012:function:mails, " + FULL,
    "orders, 999999999999:function:orders, " + FULL,
    "orders, ap-south-1:123456789012:function:orders, " + FULL,
    "orders, arn:aws:lambda:ap-south-1:123456789012:function:orders, " + FULL,
    "orders, orders:live, " + FULL,
    "orders, 123456789012:layer:orders, " + FULL,
    "orders, orders, arn:aws:lambda:AP-SOUTH-1:123456789012:function:orders",
    "orders, orders, arn:aws:lambda:eu-west-1:123456789012:function:ORDERS"
  })
  void anAnswerAboutAnotherFunctionIsAFailure(String asked, String name, String arn) {
    for (Answer answer : answers(asked, name, arn)) {
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Failed.class,
              failed -> {
                assertThat(failed.failure().code()).isEqualTo(Failure.CLIENT_ERROR);
                assertThat(FailureKind.of(failed.failure())).isEqualTo(FailureKind.TRANSIENT);
                assertThat(failed.failure().message()).contains(" describes ", "AWS_ENDPOINT_URL");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "orders, orders, " + FULL,
    "orders, orders, " + FULL + ":$LATEST",
    "orders, orders, " + FULL + ":live",
    "orders, orders, arn:aws:lambda:eu-west-1:999999999999:function:orders",
    "orders, orders, arn:aws-cn:lambda:eu-west-1:999999999999:function:orders",
    "123456789012:orders, orders, " + FULL,
    "123456789012:function:orders, orders, " + FULL,
    FULL + ", orders, " + FULL,
    FULL + ", " + FULL + ", " + FULL
  })
  void anAnswerAboutTheFunctionIsOne(String asked, String name, String arn) {
    assertThat(answers(asked, name, arn)).hasOnlyElementsOfType(Answer.Described.class);
  }

  @ParameterizedTest
  @CsvSource({
    FULL + ", " + FULL,
    FULL + ":$LATEST, " + FULL,
    "123456789012:function:orders, " + FULL,
    "123456789012:orders, " + FULL,
    "function:orders, " + FULL,
    "eu-west-1:123456789012:function:orders, " + FULL,
    "EU-WEST-1:123456789012:function:orders, " + FULL,
    "orders:$LATEST, " + FULL,
    "orders, arn:aws:lambda:EU-WEST-1:123456789012:function:orders"
  })
  void whatTheNameOrTheArnMeansIsWhatAwsWouldHaveSent(String name, String arn) {
    // Then
    assertThat(answers("orders", name, arn))
        .allSatisfy(
            answer ->
                assertThat(answer)
                    .isInstanceOfSatisfying(
                        Answer.Described.class,
                        described -> {
                          assertThat(described.function().name()).isEqualTo("orders");
                          assertThat(described.function().arn()).isEqualTo(FULL);
                        }));
    aws.answers("{\"Functions\": [" + described(name, arn) + "]}");
    assertThat(aws.functions().list("eu-west-1", null, null))
        .isInstanceOfSatisfying(
            FunctionLists.Page.class,
            page ->
                assertThat(page.functions())
                    .singleElement()
                    .satisfies(
                        listed -> {
                          assertThat(listed.name()).isEqualTo("orders");
                          assertThat(listed.account()).isEqualTo("123456789012");
                        }));
  }

  @Test
  void aNameWithoutAnArnIsHeldToTheCallAsWell() {
    // Given
    Target target = new Target("eu-west-1", "123456789012:function:orders");
    aws.answers("{\"FunctionName\": \"999999999999:function:orders\"}");

    // Then
    assertThat(aws.functions().read(target)).isInstanceOf(Answer.Failed.class);

    // And
    aws.answers("{\"FunctionName\": \"123456789012:function:orders\"}");
    assertThat(aws.functions().read(target)).isInstanceOf(Answer.Described.class);
  }

  @Test
  void theMessageNamesBoth() {
    assertThat(
            answers("orders", "orders", "arn:aws:lambda:ap-south-1:123456789012:function:orders"))
        .first()
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed ->
                assertThat(failed.failure().message())
                    .startsWith(
                        "the answer to GetFunctionConfiguration describes another function,"
                            + " arn:aws:lambda:ap-south-1:123456789012:function:orders, than"
                            + " orders in eu-west-1:"));
  }

  @Test
  void entriesOfAnotherRegionOrOfTwoNamesAreIgnored() {
    // Given
    aws.answers(
        "{\"Functions\": [%s, %s, %s]}"
            .formatted(
                described("orders", FULL),
                described("mails", FULL),
                described("orders", FULL.replace("eu-west-1", "ap-south-1"))));

    // Then
    assertThat(aws.functions().list("eu-west-1", null, null))
        .isInstanceOfSatisfying(
            FunctionLists.Page.class,
            page -> {
              assertThat(page.functions()).hasSize(1);
              assertThat(page.ignored()).isEqualTo(2);
            });
  }

  /** The answers to all calls about a function. */
  private List<Answer> answers(String asked, String name, String arn) {
    Target target = new Target("eu-west-1", asked);
    aws.answers(described(name, arn));
    Answer read = aws.functions().read(target);
    Answer updated = aws.update(target);
    aws.answers("{\"Configuration\": " + described(name, arn) + "}");
    return List.of(read, updated, aws.functions().readFunction(target));
  }

  private static String described(String name, String arn) {
    return "{\"FunctionName\": \"" + name + "\", \"FunctionArn\": \"" + arn + "\"}";
  }
}
