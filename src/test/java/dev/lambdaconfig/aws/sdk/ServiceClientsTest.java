package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Clients of services, and what is said of a configuration that the SDK cannot use. */
final class ServiceClientsTest {

  /** All Regions share them: the SDK's own for a web identity can fetch no more once closed. */
  @Test
  void theEndOfAClientLeavesItsCredentials() {
    // Given
    CloseableCredentials credentials = new CloseableCredentials();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    ServiceClients services = new ServiceClients(null, timer, Duration.ofSeconds(1));
    SdkHttpClient http = services.http(1);
    LambdaClient client =
        services.client(LambdaClient.builder(), "JSON", "eu-west-1", credentials, http);

    // When
    client.close();

    // Then
    assertThat(credentials.closed()).isZero();
    http.close();
    timer.shutdownNow();
  }

  @Test
  void whatAParserSaysComesWithTheFilesAndVariables() {
    assertThatThrownBy(
            () ->
                ServiceClients.configured(
                    () -> {
                      throw new IllegalArgumentException("Profile definition must end with ']'");
                    }))
        .isInstanceOf(SdkClientException.class)
        .hasMessage(
            "the AWS SDK cannot use its configuration (Profile definition must end with ']'):"
                + " correct the environment variables that begin with AWS_, or the files of"
                + " AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, by default in ~/.aws");
  }

  @Test
  void whatTheSdkSaysItselfStays() {
    SdkClientException own = SdkClientException.create("own words");

    assertThatThrownBy(
            () ->
                ServiceClients.configured(
                    () -> {
                      throw own;
                    }))
        .isSameAs(own);
  }
}
