package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.TenantFunction.ARN;
import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.SimulatedRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An owner that is out of service for a while, beside a younger resource that is not. */
final class OwnerOutageIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();
  private final TenantFunction orders = new TenantFunction(operator, new Tenants(operator));

  @BeforeEach
  void createFunction() {
    orders.create();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredTokenException, ExpiredTokenException",
    "403, '', HTTP403",
    "404, '', HTTP404",
    "503, ServiceUnavailable, ServiceUnavailable",
    "400, Throttling, Throttling"
  })
  void anOwnerWhoseSessionStsDoesNotRenewKeepsItsFunction(int status, String code, String reason) {
    // Given: sessions end within seconds
    operator.aws().iam().limitSessions(Duration.ofSeconds(5));
    SimulatedRole role = givenOwnerAndSecond();

    // When
    operator.aws().faults().onAssuming(role).always().thenAnswer(status, code, "no");
    requestReconcilesOfOwnerUntil(reason);

    // Then
    assertSecondStaysOut();
    operator.aws().faults().clear();
    resources.requestReconcile("owner", "back");
    resources.awaitReady("owner");
  }

  @Test
  void anOwnerWhoseServiceAccountTheApiServerWithholdsKeepsItsFunction() {
    // Given: the younger one acts with the operator's own rights
    operator.aws().openAccount(ACCOUNT);
    orders.tenant("owner", "orders");
    orders.apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    resources.awaitNextSecond();
    resources.apply("second", "functionName: " + ARN + "\ntimeout: 9");
    resources.awaitStalled("second", "Conflict");
    operator.aws().requests().clear();

    // When: as by an API server that has just started, and does not know all Roles
    revokeServiceAccounts();
    requestReconcilesOfOwnerUntil("TokenForbidden");

    // Then
    assertSecondStaysOut();
  }

  private void requestReconcilesOfOwnerUntil(String reason) {
    resources.await(
        "owner",
        "to have the Ready reason " + reason,
        resource -> {
          resources.requestReconcile("owner", String.valueOf(System.nanoTime()));
          return reason.equals(resources.condition("owner", "Ready").reason());
        });
  }

  private void revokeServiceAccounts() {
    operator
        .server()
        .client()
        .rbac()
        .roles()
        .inNamespace(operator.namespace())
        .list()
        .getItems()
        .stream()
        .map(
            role ->
                new RoleBuilder(role)
                    .withRules(
                        role.getRules().stream()
                            .filter(rule -> !rule.getResources().contains("serviceaccounts"))
                            .toList())
                    .build())
        .forEach(role -> operator.server().client().resource(role).update());
  }

  @ParameterizedTest
  @CsvSource({"429, TooManyRequestsException", "500, ServiceException", "403, ''"})
  void anOwnerWhoseReadsFailKeepsItsFunction(int status, String code) {
    // Given
    SimulatedRole role = givenOwnerAndSecond();

    // When
    operator
        .aws()
        .faults()
        .onReads()
        .of("orders")
        .when(
            call ->
                String.valueOf(operator.aws().iam().sessionOf(call.accessKeyId()))
                    .contains("/" + role.arn().replaceFirst(".*/", "") + "/"))
        .always()
        .thenAnswer(status, code, "no");
    resources.requestReconcile("owner", "out");
    resources.await(
        "owner",
        "to be out of service",
        resource -> !"InSync".equals(resources.condition("owner", "Ready").reason()));

    // Then
    assertSecondStaysOut();
  }

  /** An owner in sync, and a younger resource that would have it otherwise. */
  private SimulatedRole givenOwnerAndSecond() {
    SimulatedRole role = orders.tenant("owner", "orders");
    orders.apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    resources.awaitNextSecond();
    orders.tenant("second", "orders");
    orders.apply("second", "timeout: 9");
    resources.awaitStalled("second", "Conflict");
    operator.aws().requests().clear();
    return role;
  }

  private void assertSecondStaysOut() {
    resources.requestReconcile("second", "now");
    resources.awaitHandled("second", "now");
    resources.awaitStalled("second", "Conflict");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
    assertThat(orders.timeout()).isEqualTo(30);
  }
}
