package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CloudTrail shows which resource each request to AWS was made for. */
final class AttributionIT {

  private static final String PRODUCT = " lambda-config-operator/";

  @RegisterExtension final AuditLines lines = new AuditLines();

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE);

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @Test
  void eachRequestEndsWithTheResourceThatNeedsIt() {
    // Given: names that do not give each other away
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().createFunction(FunctionSeed.zip("mail"));

    // When
    resources.apply("first", "functionName: orders\ntimeout: 30");
    resources.apply("second", "functionName: mail\ntimeout: 30");
    resources.awaitReady("first");
    resources.awaitReady("second");
    operator.awaitSweeps(2);

    // Then
    assertThat(requests())
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.userAgent())
                    .startsWith("aws-sdk-java/")
                    .endsWith(
                        PRODUCT
                            + switch (String.valueOf(request.functionName())) {
                              case "orders" -> operator.namespace() + "/first";
                              case "mail" -> operator.namespace() + "/second";
                              default -> "sweep";
                            }));
    assertThat(requests())
        .extracting(LoggedRequest::operation)
        .contains("ListFunctions", "UpdateFunctionConfiguration", "GetFunction");
  }

  @Test
  void theRequestsOfATenantNameTheResourceAndThoseForItsSessionTheServiceAccount() {
    // Given
    tenants.createProvider(Tenants.ACCOUNT);
    operator.aws().region(Tenants.ACCOUNT, "eu-west-1").createFunction(FunctionSeed.zip("orders"));
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));

    // When
    resources.apply("first", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");
    resources.awaitReady("first");

    // Then
    assertThat(tenants.exchanges())
        .singleElement()
        .satisfies(
            exchange ->
                assertThat(exchange.userAgent())
                    .endsWith(PRODUCT + exchange.member("RoleSessionName").asText()));
    assertThat(operator.aws().requests().where(call -> "orders".equals(call.functionName())))
        .isNotEmpty()
        .allSatisfy(
            request ->
                assertThat(request.userAgent())
                    .endsWith(PRODUCT + operator.namespace() + "/first"));
    assertThat(lines.of(operator.namespace()))
        .extracting(line -> line.path("identity").asText())
        .containsExactly(operator.namespace() + "/writer");
  }

  @Test
  void theRequestsOfARestoreNameTheDeletedResource() {
    // Given
    operator.givenInSync("orders", "deletionPolicy: Restore\ntimeout: 30");
    operator.aws().requests().clear();

    // When
    resources.resource("orders").delete();
    resources.awaitGone("orders");

    // Then
    assertThat(operator.aws().requests().updatesOf("orders"))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.userAgent())
                    .endsWith(PRODUCT + operator.namespace() + "/orders"));
    assertThat(lines.of(operator.namespace()))
        .extracting((JsonNode line) -> line.path("cause").asText())
        .containsExactly("SpecChanged", "Restored");
  }

  private List<LoggedRequest> requests() {
    return operator.aws().requests().all();
  }
}
