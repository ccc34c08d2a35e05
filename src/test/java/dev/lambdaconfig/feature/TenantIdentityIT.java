package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.SimulatedRegion;
import dev.lambdaconfig.simulator.SimulatedRole;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A resource that names a ServiceAccount acts by that ServiceAccount's IAM role, and no other. */
final class TenantIdentityIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE);

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @BeforeEach
  void createProvider() {
    tenants.createProvider(ACCOUNT);
  }

  @Test
  void itsFunctionIsReadAndUpdatedByTheRoleOfTheServiceAccount() {
    // Given: a function in an account in which the operator has no rights
    account().createFunction(FunctionSeed.zip("orders"));
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));

    // When
    resources.apply("orders", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(account().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(resources.status("orders").functionArn)
        .isEqualTo("arn:aws:lambda:eu-west-1:" + ACCOUNT + ":function:orders");
    assertThat(tenants.callers("orders"))
        .containsExactly(
            "arn:aws:sts::" + ACCOUNT + ":assumed-role/lambda-writer/" + sessionName("writer"));
    assertThat(tenants.exchanges())
        .singleElement()
        .satisfies(
            exchange -> {
              assertThat(exchange.accessKeyId()).as("a signature").isNull();
              assertThat(exchange.member("DurationSeconds").asInt()).isEqualTo(3600);
            });
  }

  @Test
  void driftIsCorrectedByTheSameSession() {
    // Given
    givenInSync("orders", "writer");

    // When
    account().changeBehindTheBack("orders", "{\"Timeout\": 5}");

    // Then
    resources.await(
        "orders",
        "to be corrected",
        resource -> account().function("orders").get("Timeout").asInt() == 30);
    resources.awaitReady("orders");
    assertThat(tenants.exchanges()).hasSize(1);
    assertThat(tenants.callers("orders")).hasSize(1).doesNotContain("null");
  }

  @Test
  void resourcesOfOneServiceAccountShareASession() {
    // Given
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "*"));

    // When
    for (String name : List.of("a", "b", "c", "d")) {
      account().createFunction(FunctionSeed.zip(name));
      resources.apply(name, "functionName: " + name + "\nserviceAccountName: writer\ntimeout: 30");
    }

    // Then
    List.of("a", "b", "c", "d").forEach(resources::awaitReady);
    assertThat(tenants.exchanges()).hasSize(1);
  }

  @Test
  void whatItsRoleMayNotReadIsDeniedWhateverOthersMayRead() {
    // Given: a function of the operator's own account, which another resource has in sync
    operator.givenInSync("orders", "timeout: 30");
    String home = operator.aws().homeAccount();
    tenants.createProvider(home);
    SimulatedRole role = operator.aws().iam().role("arn:aws:iam::" + home + ":role/other");
    tenants.serviceAccount("other", role);

    // When
    resources.apply(
        "spy", "functionName: orders\nserviceAccountName: other\nmode: Observe\ntimeout: 3");

    // Then
    resources.awaitStalled("spy", "AccessDeniedException");
    resources.requestReconcile("spy", "now");
    resources.awaitHandled("spy", "now");
    resources.awaitStalled("spy", "AccessDeniedException");
    assertThat(resources.status("spy"))
        .satisfies(
            status -> {
              assertThat(status.functionArn).isNull();
              assertThat(status.revisionId).isNull();
              assertThat(status.state).isNull();
              assertThat(status.drift).isNull();
            });
  }

  @Test
  void whatWasReadIsNoLongerShownOnceAwsDeniesIt() {
    // Given
    SimulatedRole role = givenInSync("orders", "writer");
    assertThat(resources.status("orders").revisionId).isNotNull();

    // When
    role.denies("lambda:*", "*");
    resources.requestReconcile("orders", "now");

    // Then
    resources.awaitStalled("orders", "AccessDeniedException");
    assertThat(resources.status("orders").revisionId).isNull();
    role.deniesNothing();
    resources.requestReconcile("orders", "again");
    resources.awaitReady("orders");
  }

  @Test
  void anotherServiceAccountTakesEffectAtOnce() {
    // Given
    givenInSync("orders", "writer");
    tenants.serviceAccount("second", tenants.role("second-writer", "orders"));
    operator.aws().requests().clear();

    // When
    resources.apply("orders", "functionName: orders\nserviceAccountName: second\ntimeout: 60");

    // Then: nothing that the first one had read is planned from
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().readsOf("orders")).isNotEmpty();
    assertThat(account().function("orders").get("Timeout").asInt()).isEqualTo(60);
    assertThat(tenants.callers("orders"))
        .singleElement()
        .asString()
        .contains("assumed-role/second-writer/");
  }

  @Test
  void anotherAnnotationTakesEffectWithTheNextRequestedReconcile() {
    // Given
    givenInSync("orders", "writer");
    SimulatedRole role = tenants.role("second-writer", "orders");
    role.trusts(operator.namespace(), "writer");
    operator.aws().requests().clear();

    // When
    tenants.annotate("writer", Tenants.ROLE_ARN, role.arn());

    // Then: a ServiceAccount that was read a moment ago counts for five seconds
    resources.await(
        "orders",
        "to be called by the other role",
        resource -> {
          request("orders");
          return tenants.callers("orders").stream().anyMatch(by -> by.contains("/second-writer/"));
        });
    resources.awaitReady("orders");
  }

  @Test
  void withoutTheServiceAccountNothingIsWritten() {
    // Given
    givenInSync("orders", "writer");
    tenants.delete("writer");
    resources.apply("orders", "functionName: orders\nserviceAccountName: writer\ntimeout: 60");

    // When
    resources.await(
        "orders",
        "to have no identity",
        resource -> {
          request("orders");
          return "ServiceAccountNotFound".equals(resources.condition("orders", "Stalled").reason());
        });

    // Then
    operator.aws().requests().clear();
    account().changeBehindTheBack("orders", "{\"Timeout\": 5}");
    request("orders");
    resources.awaitStalled("orders", "ServiceAccountNotFound");
    assertThat(tenants.callers("orders")).isEmpty();
    assertThat(resources.status("orders").revisionId).isNull();
  }

  @Test
  void aResourceWithoutServiceAccountGoesOnByTheOperatorsOwnIdentity() {
    // When
    operator.givenInSync("orders", "timeout: 30");

    // Then
    assertThat(tenants.exchanges()).isEmpty();
    assertThat(tenants.callers("orders")).containsExactly("null");
  }

  @Test
  void fieldsAreRestoredByTheSameIdentity() {
    // Given
    account().createFunction(FunctionSeed.zip("orders").with("Timeout", 7));
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));
    resources.apply(
        "orders",
        "functionName: orders\nserviceAccountName: writer\ndeletionPolicy: Restore\ntimeout: 30");
    resources.awaitReady("orders");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(account().function("orders").get("Timeout").asInt()).isEqualTo(7);
    assertThat(tenants.callers("orders")).hasSize(1).doesNotContain("null");
  }

  /** Asks for a reconcile, whatever the operator does to the resource meanwhile. */
  private void request(String name) {
    resources
        .resource(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"lambdaconfig.dev/reconcile-requested-at\": \"%d\"}}}"
                .formatted(System.nanoTime()));
  }

  private String sessionName(String serviceAccount) {
    return operator.namespace() + "@" + serviceAccount;
  }

  private SimulatedRegion account() {
    return operator.aws().region(ACCOUNT, "eu-west-1");
  }

  private SimulatedRole givenInSync(String function, String serviceAccount) {
    account().createFunction(FunctionSeed.zip(function));
    SimulatedRole role = tenants.role("lambda-writer", function);
    tenants.serviceAccount(serviceAccount, role);
    resources.apply(
        function,
        "functionName: " + function + "\nserviceAccountName: " + serviceAccount + "\ntimeout: 30");
    resources.awaitReady(function);
    return role;
  }
}
