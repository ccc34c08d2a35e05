package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointParams;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/** The exchange of tokens at STS, and the credentials that come of it. */
final class SdkRoleSessionsTest {

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, aws",
    "us-east-1, aws",
    "cn-north-1, aws-cn",
    "us-gov-west-1, aws-us-gov",
    "eusc-de-east-1, aws-eusc"
  })
  void aRegionIsInItsPartition(String region, String partition) {
    try (StsClients clients = new StsClients(null, timer)) {
      assertThat(new SdkRoleSessions(clients, CallListener.NONE).partition(region))
          .isEqualTo(partition);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, sts.eu-west-1.amazonaws.com",
    "us-east-1, sts.us-east-1.amazonaws.com",
    "cn-north-1, sts.cn-north-1.amazonaws.com.cn"
  })
  void stsIsCalledInTheRegionOfTheFunction(String region, String host) {
    try (StsClients clients = new StsClients(null, timer)) {
      // Given
      Region used = clients.of(region).serviceClientConfiguration().region();

      // Then
      StsEndpointParams parameters =
          StsEndpointParams.builder()
              .region(used)
              .useDualStack(false)
              .useFips(false)
              .useGlobalEndpoint(false)
              .build();
      assertThat(
              StsEndpointProvider.defaultProvider()
                  .resolveEndpoint(parameters)
                  .join()
                  .endpointUrl()
                  .host())
          .isEqualTo(host);
    }
  }

  @Test
  void whatStsRefusesIsAFailureWithItsOwnCodeAndNoCredentials() {
    try (LambdaSimulator aws = LambdaSimulator.start();
        StsClients clients = new StsClients(aws.endpoint(), timer)) {
      // Given
      SdkRoleSessions sessions = new SdkRoleSessions(clients, CallListener.NONE);
      aws.faults().onAssumingRoles().thenAnswer(400, "IDPCommunicationError", "later");

      // When
      RoleSessions.Result result = sessions.assume(request());

      // Then
      assertThat(result)
          .isInstanceOfSatisfying(
              RoleSessions.Refused.class,
              refused -> {
                assertThat(refused.failure().code()).isEqualTo("IDPCommunicationError");
                assertThat(refused.failure().message()).isEqualTo("later");
                assertThat(refused.failure().httpStatus()).isEqualTo(400);
              });
      assertThat(sessions.isHeld("key")).isFalse();
      // One attempt: a rate limit that counts calls must see each.
      assertThat(aws.requests().count("AssumeRoleWithWebIdentity")).isEqualTo(1);
    }
  }

  @Test
  void anEndpointThatIsAwayIsSaidToBe() {
    try (StsClients clients = new StsClients(URI.create("http://127.0.0.1:1"), timer)) {
      assertThat(new SdkRoleSessions(clients, CallListener.NONE).assume(request()))
          .isInstanceOfSatisfying(
              RoleSessions.Refused.class,
              refused ->
                  assertThat(refused.failure().code()).isEqualTo(Failure.ENDPOINT_UNREACHABLE));
    }
  }

  @Test
  void aRequestPrintsNoToken() {
    assertThat(request().toString()).doesNotContain("c4n4ry");
  }

  private static RoleSessions.Request request() {
    return new RoleSessions.Request(
        "key",
        "eu-west-1",
        "arn:aws:iam::123456789012:role/writer",
        "team@writer",
        Duration.ofHours(1),
        new WebIdentityToken("c4n4ry", null));
  }
}
