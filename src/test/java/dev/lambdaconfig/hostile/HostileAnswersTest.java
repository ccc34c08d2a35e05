package dev.lambdaconfig.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkLambdaFunctions;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Generator;
import dev.lambdaconfig.plan.TestSpecs;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Whatever an endpoint answers to Lambda's and STS's clients is an answer or a failure, never an
 * exception, and takes no connection away from the calls after it.
 */
final class HostileAnswersTest {

  private static final Target TARGET = new Target("eu-west-1", "fn");

  private static final String ARN =
      "\"FunctionArn\": \"arn:aws:lambda:eu-west-1:123456789012:function:fn\"";

  /** More calls than a client has connections. */
  private static final int MORE_THAN_CONNECTIONS = 70;

  private volatile HostileAnswer answer = HostileAnswer.of("none", new byte[0]);
  private HostileServer server;
  private LambdaClients clients;
  private SdkLambdaFunctions lambda;

  @BeforeEach
  void connect() throws IOException {
    server = new HostileServer(request -> answer);
    clients =
        new LambdaClients(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "secret")),
            server.endpoint());
    clients.keep("eu-west-1");
    lambda = new SdkLambdaFunctions(clients, CallListener.NONE);
  }

  @AfterEach
  void close() throws IOException {
    clients.close();
    server.close();
  }

  @Test
  void lambdasAnswersAreReadOrReported() {
    // When
    HostileCases.of("answers of Lambda", 15)
        .run(
            (seed, random) -> {
              ObjectNode function = new Generator(seed).function();
              HostileJson json = new HostileJson(random, 5000);
              answer =
                  new HostileAnswers(random, "application/json")
                      .next(function.toString(), json.text(json.mutated(function)));
              return answer.kind() + " " + called(random);
            });

    // Then
    answer = healthy("application/json", "{\"FunctionName\": \"fn\", " + ARN + "}");
    for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
      assertThat(lambda.read(TARGET)).isInstanceOf(Answer.Described.class);
    }
    requireNothingPending();
  }

  @Test
  void listsAreReadOrReported() {
    // When
    HostileCases.of("lists of Lambda", 10)
        .run(
            (seed, random) -> {
              ObjectNode list = TestSpecs.object().put("NextMarker", "next");
              list.putArray("Functions")
                  .add(new Generator(seed).function())
                  .add(new Generator(seed + 1).function());
              HostileJson json = new HostileJson(random, 5000);
              answer =
                  new HostileAnswers(random, "application/json")
                      .next(list.toString(), json.text(json.mutated(list)));
              return switch (lambda.list("eu-west-1", null, random.nextBoolean() ? "next" : null)) {
                case FunctionLists.Page page -> answer.kind() + " Page";
                case FunctionLists.Failed(Failure failure) -> answer.kind() + " " + word(failure);
              };
            });

    // Then
    requireNothingPending();
  }

  @Test
  void answersOfStsAreReadOrReported() {
    // Given
    RoleSessions sts = lambda.sessions();

    // When
    HostileCases.of("answers of STS", 20)
        .run(
            (seed, random) -> {
              HostileXml xml = new HostileXml(random);
              answer =
                  new HostileAnswers(random, "text/xml").next(HostileXml.SESSION, xml.mutated());
              String session = "session-" + seed;
              RoleSessions.Result result = sts.assume(request(session));
              boolean began = result instanceof RoleSessions.Assumed;
              assertThat(sts.isHeld(session)).isEqualTo(began);
              sts.forget(session);
              return answer.kind()
                  + " "
                  + (result instanceof RoleSessions.Refused(Failure failure)
                      ? word(failure)
                      : "Assumed");
            });

    // Then
    answer = healthy("text/xml", HostileXml.SESSION);
    for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
      assertThat(sts.assume(request("healthy"))).isInstanceOf(RoleSessions.Assumed.class);
    }
    requireNothingPending();
  }

  @Test
  void aNullInAListIsLeftOut() {
    answer =
        healthy(
            "application/json",
            "{\"Functions\": [null, {\"FunctionName\": \"fn\", " + ARN + "}, {}]}");

    assertThat(lambda.list("eu-west-1", null, null))
        .isInstanceOfSatisfying(
            FunctionLists.Page.class,
            page ->
                assertThat(page.functions())
                    .extracting(FunctionLists.ListedFunction::name)
                    .containsExactly("fn"));
  }

  @Test
  void xmlThatIsNestedTooDeeplyIsAFailure() {
    answer = healthy("text/xml", "<a>".repeat(200_000) + "</a>".repeat(200_000));

    assertThat(lambda.sessions().assume(request("deep")))
        .isInstanceOfSatisfying(
            RoleSessions.Refused.class,
            refused ->
                assertThat(FailureKind.of(refused.failure())).isEqualTo(FailureKind.TRANSIENT));
  }

  private String called(Random random) {
    Answer answered =
        switch (random.nextInt(3)) {
          case 0 -> lambda.readFunction(TARGET);
          case 1 ->
              lambda
                  .update(
                      TARGET,
                      new TreeMap<>(Map.of("Timeout", new Value.Numeral(BigDecimal.TEN))),
                      "r1")
                  .answer();
          default -> lambda.read(TARGET);
        };
    return switch (answered) {
      case Answer.Described described -> "Described";
      case Answer.Failed(Failure failure) -> word(failure);
    };
  }

  private static String word(Failure failure) {
    return FailureKind.of(failure).name();
  }

  private static RoleSessions.Request request(String session) {
    return new RoleSessions.Request(
        session,
        "eu-west-1",
        "arn:aws:iam::210987654321:role/writer",
        "team@writer",
        Duration.ofHours(1),
        new RoleSessions.ByToken(new WebIdentityToken("token", null)));
  }

  private static HostileAnswer healthy(String type, String body) {
    return new HostileAnswer(
        "healthy",
        List.of(
            HostileServer.utf8(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(type, body.length(), body))),
        false);
  }

  private void requireNothingPending() {
    StateSizes sizes = new StateSizes();
    clients.sizes(sizes);
    lambda.sizes(sizes);
    assertThat(sizes.byName()).containsEntry("LambdaClients.timer", 0L);
  }
}
