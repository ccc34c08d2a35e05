package dev.lambdaconfig.aws.sdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The operations of which the metrics of calls are told. */
final class MeasuredCallsTest {

  private static final Target ORDERS = new Target("eu-west-1", "orders");

  private static final Identity TENANT =
      new Identity("team", "writer", "123456789012", "session that has ended");

  private final Set<String> ofLambda = new TreeSet<>();
  private final Set<String> ofSts = new TreeSet<>();
  private RawEndpoint aws;
  private LambdaClients clients;

  @BeforeEach
  void callEach() throws IOException {
    aws = new RawEndpoint();
    clients = aws.clients();
    SdkLambdaFunctions functions =
        new SdkLambdaFunctions(
            clients,
            (operation, region, failure, took) -> ofLambda.add(operation),
            (operation, region, failure, took) -> ofSts.add(operation));
    aws.answers("{}");
    var unused = functions.read(ORDERS);
    unused = functions.readFunction(ORDERS);
    var unusedSent = functions.update(ORDERS, new TreeMap<>(), "r1");
    var unusedList = functions.list("eu-west-1", null, null);
    var unusedByToken =
        functions
            .sessions()
            .assume(request(new RoleSessions.ByToken(new WebIdentityToken("token", null))));
    var unusedByOperator =
        functions.sessions().assume(request(new RoleSessions.ByOperator("id", Map.of())));
  }

  @AfterEach
  void close() {
    clients.close();
    aws.close();
  }

  @Test
  void callsToStsAreNotCountedAsCallsToLambda() {
    assertThat(ofLambda)
        .containsExactly(
            "GetFunction",
            "GetFunctionConfiguration",
            "ListFunctions",
            "UpdateFunctionConfiguration");
    assertThat(ofSts).containsExactly("AssumeRole", "AssumeRoleWithWebIdentity");
  }

  @Test
  void eachOperationIsInTheTableOfLabels() throws IOException {
    String document = Files.readString(Path.of("docs/metrics.md"));
    String labels = document.substring(document.indexOf("\n### Labels"));

    assertThat(ofLambda)
        .allSatisfy(operation -> assertThat(labels).contains("`" + operation + "`"));
    assertThat(ofSts).allSatisfy(operation -> assertThat(labels).contains("`" + operation + "`"));
  }

  @Test
  void aCallThatIsNotSentForWantOfCredentialsIsReported() {
    // Given
    List<String> failures = new ArrayList<>();
    CallListener listener =
        (operation, region, failure, took) ->
            failures.add(operation + " " + requireNonNull(failure).code());

    // When
    try (LambdaClients without =
        new LambdaClients(
            () -> {
              throw SdkClientException.create("none");
            },
            aws.endpoint())) {
      SdkLambdaFunctions functions = new SdkLambdaFunctions(without, listener, listener);
      var unused = functions.read(ORDERS);
      var unusedByOperator =
          functions.sessions().assume(request(new RoleSessions.ByOperator("id", Map.of())));
      var unusedOfTenant = functions.list("eu-west-1", TENANT, null);
    }

    // Then
    assertThat(failures)
        .containsExactly(
            "GetFunctionConfiguration CredentialsUnavailable",
            "AssumeRole CredentialsUnavailable",
            "ListFunctions CredentialsUnavailable");
  }

  private static RoleSessions.Request request(RoleSessions.Authority authority) {
    return new RoleSessions.Request(
        "key",
        "eu-west-1",
        "arn:aws:iam::123456789012:role/writer",
        "team@writer",
        Duration.ofHours(1),
        authority);
  }
}
