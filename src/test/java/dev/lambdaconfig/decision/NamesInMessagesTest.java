package dev.lambdaconfig.decision;

import static dev.lambdaconfig.decision.DecisionAssert.assertThat;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.redaction.Redaction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's reason is reported though a variable has the function's name, ARN, account or Region. */
final class NamesInMessagesTest {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

  private static final String DENIED =
      "User: arn:aws:sts::123456789012:assumed-role/operator/session is not authorized to perform:"
          + " lambda:GetFunctionConfiguration on resource: "
          + ARN
          + " because no identity-based policy allows the lambda:GetFunctionConfiguration action";

  private final DeciderFixture resource = new DeciderFixture();

  private void desires(String value) {
    resource.desires("{environment: {variables: {VALUE: '" + value + "'}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders-api",
        "orders-api-table",
        "/aws/lambda/orders-api",
        ARN,
        "https://sqs.eu-west-1.amazonaws.com/123456789012/billing",
        "123456789012",
        "eu-west-1",
        "arn:aws:dynamodb:eu-west-1:123456789012:table/orders-api"
      })
  void aReadThatIsRefusedIsExplained(String value) {
    // Given
    desires(value);
    Failure denied = new Failure("AccessDeniedException", DENIED, 403, null);

    // Then: by the status alone, and by the spec alone
    resource.isPinnedTo(ARN);
    assertThat(resource.failsToRead(denied)).isStalled().withMessageContaining(DENIED);
    resource.isPinnedTo(null);
    resource.isAbout(new Target("eu-west-1", "orders-api"));
    assertThat(resource.failsToRead(denied)).isStalled().withMessageContaining(DENIED);
    resource.isAbout(new Target("eu-west-1", ARN));
    assertThat(resource.failsToRead(denied)).isStalled().withMessageContaining(DENIED);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:lambda:eu-west-1:999999999999:function:orders-api, eu-west-1, 123456789012:orders-api",
    "arn:aws:lambda:eu-west-1:999999999999:function:mails, eu-west-1, orders-api",
    "arn:aws:lambda:eu-west-1:999999999999:function:orders-api-2, eu-west-1, orders-api",
    "arn:aws:lambda:eu-west-1:999999999999:function:orders-api, ap-south-1, orders-api"
  })
  void anArnThatIsNotTheFunctionsMakesNoAccountPublic(String other, String region, String name) {
    // Given
    desires(other);
    resource.isAbout(new Target(region, name));

    // Then
    assertThat(resource.failsToRead(new Failure("X", "no access to " + other, 400, null)))
        .isStalled()
        .withMessageContaining(Redaction.WITHHELD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orders-api-hunter22 is no table",
        "cannot use hunter22",
        "VALUE=orders-api-hunter22",
        "function:orders-api-h"
      })
  void whatAVariableAddsToTheNameIsWithheld(String message) {
    // Given
    desires("orders-api-hunter22");
    resource.isPinnedTo(ARN);
    resource.isAbout(new Target("eu-west-1", "orders-api"));

    // Then
    assertThat(resource.failsToRead(new Failure("X", message, 400, null)))
        .isStalled()
        .withMessageContaining(Redaction.WITHHELD);
    assertThat(resource.failsToUpdate(new Failure("X", message, 400, null)))
        .isStalled()
        .withMessageContaining(Redaction.WITHHELD);
  }
}
