package dev.lambdaconfig.controller.rollout.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures are alike across namespaces. */
final class FailureSignatureTest {

  private static final String CODE = "InvalidParameterValueException";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal"
            + " to 3008|'MemorySize' value failed to satisfy constraint: Member must have value"
            + " less than or equal to 10240",
        "Layer version arn:aws:lambda:eu-west-1:123456789012:layer:deps:7 does not exist."
            + "|Layer version arn:aws:lambda:eu-west-1:210987654321:layer:other:12 does not exist.",
        "The subnet ID 'subnet-0a1b2c3d' does not exist|The subnet ID 'subnet-99' does not exist",
        "subnets subnet-0a, subnet-0b not found|subnets subnet-1a not found",
        "Function orders cannot use this runtime|Function payments cannot use this runtime",
        "Runtime python3.6 is not  supported|runtime nodejs14.x is not supported",
        "User: arn:aws:sts::123456789012:assumed-role/a/b is not authorized to perform:"
            + " lambda:UpdateFunctionConfiguration on resource:"
            + " arn:aws:lambda:eu-west-1:123456789012:function:orders|User:"
            + " arn:aws:sts::123456789012:assumed-role/c/d is not authorized to perform:"
            + " lambda:UpdateFunctionConfiguration on resource:"
            + " arn:aws:lambda:eu-west-1:123456789012:function:payments",
      })
  void messagesThatDifferInNamesAndNumbersAreAlike(String one, String other) {
    // When
    FailureSignature first = FailureSignature.of(CODE, List.of("a", "b"), one, "orders");
    FailureSignature second = FailureSignature.of(CODE, List.of("b", "a"), other, "payments");

    // Then
    assertThat(first).isEqualTo(second);
  }

  @Test
  void otherWordsFieldsOrCodesAreNot() {
    // Given
    List<String> fields = List.of("memorySize");
    FailureSignature signature = FailureSignature.of(CODE, fields, "It is too large", "orders");

    // Then
    assertThat(signature)
        .isNotEqualTo(FailureSignature.of(CODE, fields, "It is too small", "orders"))
        .isNotEqualTo(FailureSignature.of(CODE, List.of("timeout"), "It is too large", "orders"))
        .isNotEqualTo(FailureSignature.of("Other", fields, "It is too large", "orders"));
  }

  @Test
  void whatIsDeniedToOneIdentityIsNothingThatOthersShare() {
    // Given
    List<String> fields = List.of("memorySize");

    // Then
    assertThat(FailureSignature.of("AccessDeniedException", fields, "no", "orders", "one"))
        .isEqualTo(FailureSignature.of("AccessDeniedException", fields, "no", "mails", "one"))
        .isNotEqualTo(FailureSignature.of("AccessDeniedException", fields, "no", "orders", "two"));
    assertThat(FailureSignature.of(CODE, fields, "too large", "orders", "one"))
        .isEqualTo(FailureSignature.of(CODE, fields, "too large", "orders", "two"));
  }

  @Test
  void nothingOfTheMessageIsKept() {
    // When
    FailureSignature signature =
        FailureSignature.of(CODE, List.of("memorySize"), "hunter2 is too large", "orders");

    // Then
    assertThat(signature.toString()).doesNotContain("hunter", "large");
  }

  @Test
  void aMessageWithoutAnEndTakesNoTime() {
    // When: what a tenant makes AWS repeat is nested, unclosed and long
    String message = "arn:'\"`#,1".repeat(400);

    // Then
    assertThat(FailureSignature.shape(message, "orders")).isNotNull();
  }

  @Test
  void noMessageIsTooLongForTheStack() {
    // Given
    String names = "a1, b2 ".repeat(50_000);

    // Then
    assertThat(FailureSignature.shape("not found: " + names, "orders")).isEqualTo("not found: #");
  }
}
