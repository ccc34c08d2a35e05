package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Failure;
import java.net.ConnectException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

final class SdkFailuresTest {

  @Test
  void anEndpointThatAnswersWithPlainTextIsReportedInItsWords() {
    // When
    Failure failure =
        SdkFailures.of(
            refused(501, "text/plain; charset=utf-8", "The action has not been implemented\n"));

    // Then
    assertThat(failure.code()).isEqualTo("HTTP501");
    assertThat(failure.message()).isEqualTo("The action has not been implemented");
    assertThat(failure.lacksOperation()).isTrue();
    assertThat(failure.mayHaveBeenApplied()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<html><body>Bad gateway</body></html>", "{\"x\": 1}"})
  void aPageIsNoMessage(String body) {
    assertThat(SdkFailures.of(refused(502, "text/plain", body)).message()).isNull();
    assertThat(SdkFailures.of(refused(502, "text/plain", "x".repeat(501))).message()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", ""})
  void whatWasMeantToBeJsonIsNoMessage(String type) {
    assertThat(SdkFailures.of(refused(500, type, "c4n4ry\": 1}")).message()).isNull();
  }

  @Test
  void aTextOfAParserIsNoMessage() {
    // Given
    SdkClientException unreadable =
        SdkClientException.create(
            "Unable to unmarshall response (Unrecognized token 'c4n4ry')",
            new IllegalStateException("Unrecognized token 'c4n4ry'"));

    // Then
    assertThat(SdkFailures.of(unreadable).message()).doesNotContain("c4n4ry");
    assertThat(SdkFailures.ofCredentials(unreadable).message()).doesNotContain("c4n4ry");
    assertThat(SdkFailures.of(SdkClientException.create("not the configuration")).message())
        .isEqualTo("not the configuration");
  }

  @Test
  void whatTheHttpClientReadIsNoMessage() {
    // Given
    SdkClientException lost =
        SdkClientException.create(
            "Unable to execute HTTP request: Bad chunk header: c4n4ry",
            new MalformedChunkCodingException("Bad chunk header: c4n4ry"));

    // Then
    assertThat(SdkFailures.of(lost).code()).isEqualTo(Failure.ENDPOINT_UNREACHABLE);
    assertThat(SdkFailures.of(lost).message())
        .contains("(MalformedChunkCodingException)")
        .doesNotContain("c4n4ry");
  }

  @Test
  void whatTheNetworkSaysIsReported() {
    // Given
    SdkClientException lost =
        SdkClientException.create("x", new ConnectException("Connection refused"));

    // Then
    assertThat(SdkFailures.of(lost).message()).contains("(ConnectException: Connection refused)");
  }

  private static AwsServiceException refused(int status, String type, String body) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .rawResponse(SdkBytes.fromUtf8String(body))
                .sdkHttpResponse(
                    SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", type)
                        .build())
                .build())
        .build();
  }
}
