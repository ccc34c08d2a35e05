package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointParams;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/** The exchange of tokens at STS, and the credentials that come of it. */
final class SdkRoleSessionsTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/writer";

  private static final AwsCredentialsProvider OWN =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOPERATOR", "secret"));

  private static final String KEYS =
      "<Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
          + "<SessionToken>t</SessionToken><Expiration>2035-01-01T00:00:00Z</Expiration>"
          + "</Credentials>";

  private static final String NO_KEYS =
      KEYS.replace(">ASIA<", "><").replace(">s<", "><").replace(">t<", "><");

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
    try (StsClients clients = new StsClients(OWN, null, timer)) {
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
    try (StsClients clients = new StsClients(OWN, null, timer)) {
      // Given
      Region used = clients.call(region, sts -> sts.serviceClientConfiguration().region());

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
  void aCallThatIsUnderWayKeepsItsClientToItsEnd() {
    try (StsClients clients = new StsClients(OWN, null, timer)) {
      clients.call(
          "eu-west-1",
          sts -> {
            // The last identity of the Region leaves, and another one comes.
            clients.unused("eu-west-1");
            StsClient others = clients.call("eu-west-1", other -> other);
            assertThat(others).isSameAs(sts);
            return others;
          });

      StsClient kept = clients.call("eu-west-1", sts -> sts);
      assertThat(clients.<StsClient>call("eu-west-1", sts -> sts)).isSameAs(kept);
      clients.unused("eu-west-1");
      assertThat(clients.<StsClient>call("eu-west-1", sts -> sts)).isNotSameAs(kept);
    }
  }

  @Test
  void aClientThatIsLeftDuringACallIsClosedAtItsEnd() {
    try (StsClients clients = new StsClients(OWN, null, timer)) {
      StsClient before =
          clients.call(
              "eu-west-1",
              sts -> {
                clients.unused("eu-west-1");
                return sts;
              });

      assertThat(clients.<StsClient>call("eu-west-1", sts -> sts)).isNotSameAs(before);
    }
  }

  @Test
  void whatStsRefusesIsAFailureWithItsOwnCodeAndNoCredentials() {
    try (LambdaSimulator aws = LambdaSimulator.start();
        StsClients clients = new StsClients(OWN, aws.endpoint(), timer)) {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<AssumeRoleWithWebIdentityResponse/>",
        "<R><AssumeRoleWithWebIdentityResult>%2$s</AssumeRoleWithWebIdentityResult></R>",
        "<R><AssumeRoleWithWebIdentityResult>%1$s</AssumeRoleWithWebIdentityResult></R>",
        "<R><AssumeRoleWithWebIdentityResult>%1$s%3$s</AssumeRoleWithWebIdentityResult></R>"
      })
  void anAnswerWithoutTheRoleOrWithoutCredentialsBeginsNoSession(String body) throws Exception {
    try (RawEndpoint aws = new RawEndpoint();
        StsClients clients = new StsClients(OWN, aws.endpoint(), timer)) {
      // Given
      SdkRoleSessions sessions = new SdkRoleSessions(clients, CallListener.NONE);
      aws.answers(200, "text/xml", body.formatted(user("123456789012"), KEYS, NO_KEYS));

      // When
      RoleSessions.Result result = sessions.assume(request());

      // Then
      assertThat(result)
          .isInstanceOfSatisfying(
              RoleSessions.Refused.class,
              refused -> assertThat(refused.failure().code()).isEqualTo(Failure.CLIENT_ERROR));
      assertThat(sessions.isHeld("key")).isFalse();

      // And when
      aws.answers(
          200,
          "text/xml",
          "<R><AssumeRoleWithWebIdentityResult>%s%s</AssumeRoleWithWebIdentityResult></R>"
              .formatted(user("123456789012"), KEYS));

      // Then
      assertThat(sessions.assume(request())).isInstanceOf(RoleSessions.Assumed.class);
    }
  }

  private static String user(String account) {
    return "<AssumedRoleUser><Arn>arn:aws:sts::"
        + account
        + ":assumed-role/writer/team@writer</Arn></AssumedRoleUser>";
  }

  @Test
  void anEndpointThatIsAwayIsSaidToBe() {
    try (StsClients clients = new StsClients(OWN, URI.create("http://127.0.0.1:1"), timer)) {
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

  @Test
  void anAssignedRoleIsAssumedByTheOperatorsOwnIdentityWithExternalIdAndTags() {
    try (LambdaSimulator aws = LambdaSimulator.start();
        StsClients clients = new StsClients(OWN, aws.endpoint(), timer)) {
      // Given
      SdkRoleSessions sessions = new SdkRoleSessions(clients, CallListener.NONE);
      aws.iam().role(ROLE).trustsOperator("id-of-the-entry", "team");

      // When
      RoleSessions.Result result = sessions.assume(assigned());

      // Then
      assertThat(result).isInstanceOf(RoleSessions.Assumed.class);
      assertThat(sessions.isHeld("key")).isTrue();
      assertThat(aws.requests().where(call -> call.operation().equals("AssumeRole")))
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.accessKeyId()).isEqualTo("AKIAOPERATOR");
                assertThat(call.member("ExternalId").asText()).isEqualTo("id-of-the-entry");
                assertThat(call.member("Tags.member.1.Key").asText())
                    .isEqualTo("kubernetes-namespace");
                assertThat(call.member("Tags.member.1.Value").asText()).isEqualTo("team");
              });
    }
  }

  @Test
  void withoutCredentialsOfItsOwnItAssumesNone() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials from any of the providers");
        };
    try (StsClients clients = new StsClients(none, null, timer)) {
      assertThat(new SdkRoleSessions(clients, CallListener.NONE).assume(assigned()))
          .isInstanceOfSatisfying(
              RoleSessions.Refused.class,
              refused ->
                  assertThat(refused.failure().code()).isEqualTo(Failure.CREDENTIALS_UNAVAILABLE));
    }
  }

  private static RoleSessions.Request assigned() {
    return new RoleSessions.Request(
        "key",
        "eu-west-1",
        ROLE,
        "team@policy",
        Duration.ofHours(1),
        new RoleSessions.ByOperator("id-of-the-entry", Map.of("kubernetes-namespace", "team")));
  }

  private static RoleSessions.Request request() {
    return new RoleSessions.Request(
        "key",
        "eu-west-1",
        ROLE,
        "team@writer",
        Duration.ofHours(1),
        new RoleSessions.ByToken(new WebIdentityToken("c4n4ry", null)));
  }
}
