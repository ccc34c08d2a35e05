package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;

final class SdkFailuresTest {

  @Test
  void anEndpointThatAnswersWithPlainTextIsReportedInItsWords() {
    // When
    Failure failure = SdkFailures.of(refused(501, "The action has not been implemented\n"));

    // Then
    assertThat(failure.code()).isEqualTo("HTTP501");
    assertThat(failure.message()).isEqualTo("The action has not been implemented");
    assertThat(failure.lacksOperation()).isTrue();
    assertThat(failure.mayHaveBeenApplied()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<html><body>Bad gateway</body></html>", "{\"x\": 1}"})
  void aPageIsNoMessage(String body) {
    assertThat(SdkFailures.of(refused(502, body)).message()).isNull();
    assertThat(SdkFailures.of(refused(502, "x".repeat(501))).message()).isNull();
  }

  private static AwsServiceException refused(int status, String body) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder().rawResponse(SdkBytes.fromUtf8String(body)).build())
        .build();
  }
}
