package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The user agent of each request ends with who needs it. */
final class UserAgentTest {

  /** The bytes of a user agent that CloudTrail keeps: docs/aws.md#user-agent. */
  private static final int KEPT = 1024;

  @ParameterizedTest
  @CsvSource({
    "team-a/orders.v2, team-a/orders.v2",
    "team-a@writer, team-a@writer",
    "'team-a/a b', team-a/a_b",
    "'team-a/a(b)', team-a/a_b_",
    "team-a/ü, team-a/_",
    "'team-a/a\r\nX-Evil: 1', team-a/a__X-Evil__1"
  })
  void whatIsNoWordOfAUserAgentIsReplaced(String requester, String sent) {
    assertThat(UserAgent.sanitized(requester.translateEscapes())).isEqualTo(sent);
  }

  @Test
  void theLongestNameFitsIntoWhatCloudTrailKeeps() {
    // Given
    String namespace = "n".repeat(63);
    String name = "r".repeat(253);

    // When
    String userAgent = userAgentOf(new Target("eu-west-1", "orders").requestedBy(namespace, name));

    // Then
    assertThat(userAgent).endsWith(" lambda-config-operator/" + namespace + "/" + name);
    assertThat(userAgent.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(KEPT);
  }

  @Test
  void aLongerOneIsCut() {
    assertThat(UserAgent.sanitized("x".repeat(5000))).hasSize(317);
    assertThat(UserAgent.sanitized("é".repeat(5000))).isEqualTo("_".repeat(317));
  }

  @Test
  void whereNobodyIsKnownItIsTheSdksOwn() {
    assertThat(userAgentOf(new Target("eu-west-1", "orders")))
        .startsWith("aws-sdk-java/")
        .doesNotContain("lambda-config-operator");
  }

  private static String userAgentOf(Target target) {
    try (LambdaSimulator aws = LambdaSimulator.start();
        LambdaClients clients =
            new LambdaClients(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")),
                aws.endpoint())) {
      aws.createFunction(FunctionSeed.zip("orders"));
      var unused = new SdkLambdaFunctions(clients, CallListener.NONE).read(target);
      List<LoggedRequest> requests = aws.requests().all();
      assertThat(requests).hasSize(1);
      return String.valueOf(requests.getFirst().userAgent());
    }
  }
}
