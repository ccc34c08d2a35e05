package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.options.IdentityOptions;
import dev.lambdaconfig.simulator.ApiCall;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
import dev.lambdaconfig.simulator.SimulatedRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The policy file assigns a role to a namespace: its resources act as it, and as nobody else. */
final class AssignedRoleIT {

  private static final String EXTERNAL_ID = "c4n4ry-external-id";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void startWithPolicy() throws Exception {
    file = directory.resolve("policy.yaml");
    assign("team");
    account().createFunction(FunctionSeed.zip("orders"));
    operator.stop();
    operator.start(
        operator
            .options()
            .withPolicyFile(file)
            .withIdentity(new IdentityOptions(true, Duration.ofHours(1))));
  }

  @Test
  void itsFunctionIsReadAndUpdatedByTheRole() {
    // Given: an identity is required, and this is one
    role("team").trustsOperator(EXTERNAL_ID, operator.namespace());

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(account().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(tenants.callers("orders"))
        .containsExactly(
            "arn:aws:sts::" + ACCOUNT + ":assumed-role/team/" + operator.namespace() + "@policy");
    assertThat(assumptions())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.accessKeyId()).as("a signature").isNotNull();
              assertThat(call.member("ExternalId").asText()).isEqualTo(EXTERNAL_ID);
              assertThat(call.member("Tags.member.1.Value").asText())
                  .isEqualTo(operator.namespace());
            });
    assertThat(tenants.exchanges()).as("tokens").isEmpty();
  }

  @Test
  void theOperatorItselfNeedsTheRightToAssumeItAndNoOther() throws Exception {
    // Given: an AWS that allows the operator what the policy for assigned roles allows
    IamPolicy policy = IamPolicy.of(Path.of("deploy/iam/assigned-roles.json"));
    List<IamAction> asked = new CopyOnWriteArrayList<>();
    operator
        .aws()
        .faults()
        .onAnything()
        .when(call -> isDenied(policy, call, asked))
        .always()
        .thenAnswer(403, "AccessDenied", "not authorized by the policy of this test");
    role("team-a-lambda-writer").trustsOperator(EXTERNAL_ID, operator.namespace());
    assign("team-a-lambda-writer");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(policy.allowances())
        .isNotEmpty()
        .allSatisfy(allowance -> assertThat(asked).anyMatch(allowance::isFor));
  }

  /** Whether a call of the operator's own identity is denied: roles have policies of their own. */
  private boolean isDenied(IamPolicy policy, ApiCall call, List<IamAction> asked) {
    if (operator.aws().iam().sessionOf(call.accessKeyId()) != null) {
      return false;
    }
    List<IamAction> actions = IamAction.of(call);
    asked.addAll(actions);
    return !actions.stream().allMatch(policy::allows);
  }

  @Test
  void aMissingTrustIsToldWithThePolicyAndFoundOnceItIsThere() {
    // Given
    SimulatedRole role = role("team");
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitStalled("orders", "AccessDenied");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "\"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"]",
            "\"aws:RequestTag/kubernetes-namespace\": \"" + operator.namespace() + "\"");
    assertThat(resources.condition("orders", "Stalled").message()).doesNotContain(EXTERNAL_ID);
    assertThat(tenants.callers("orders")).as("no rights are lent").isEmpty();

    // When
    role.trustsOperator(EXTERNAL_ID, operator.namespace());

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void aTrustWithoutSessionTagsIsToldToAllowThem() {
    // Given
    role("team").trustsOperatorWithoutTags(EXTERNAL_ID);

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "AccessDenied");
    assertThat(resources.condition("orders", "Stalled")).hasMessageContaining("sts:TagSession");
  }

  @Test
  void twoEntriesForANamespaceAreAmbiguousUntilOneIsLeft() throws Exception {
    // Given
    role("team").trustsOperator(EXTERNAL_ID, operator.namespace());
    assign("team", "other");
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitStalled("orders", "IdentityAmbiguous");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("identities[0] and identities[1]", operator.namespace());
    operator.aws().requests().clear();
    resources.requestReconcile("orders", "now");
    resources.awaitHandled("orders", "now");
    assertThat(tenants.callers("orders")).isEmpty();

    // When
    assign("team");

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void aServiceAccountInTheManifestDoesNotReplaceTheRole() {
    // Given: a ServiceAccount with a role of its own
    tenants.createProvider(ACCOUNT);
    tenants.serviceAccount("writer", tenants.role("writer", "orders"));
    role("team").trustsOperator(EXTERNAL_ID, operator.namespace());

    // When
    resources.apply("orders", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "IdentityAmbiguous");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("identities[0]", "remove serviceAccountName");
    assertThat(tenants.exchanges()).isEmpty();
    assertThat(tenants.callers("orders")).isEmpty();
  }

  @Test
  void anotherRoleInTheFileTakesEffectWithoutARestart() throws Exception {
    // Given
    role("team").trustsOperator(EXTERNAL_ID, operator.namespace());
    role("other").trustsOperator(EXTERNAL_ID, operator.namespace());
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    resources.awaitReady("orders");

    // When
    assign("other");

    // Then
    resources.await(
        "orders",
        "to be read by the other role",
        resource -> tenants.callers("orders").stream().anyMatch(by -> by.contains("/other/")));
    resources.awaitReady("orders");

    // When
    assign();

    // Then
    resources.awaitStalled("orders", "IdentityRequired");
    assertThat(resources.status("orders").revisionId).isNull();
  }

  /** Writes a file with an entry for each role, all for the namespace of the test. */
  private void assign(String... roles) throws IOException {
    StringBuilder text = new StringBuilder("rules: [{namespaces: ['*']}]\nidentities:\n");
    for (String role : roles) {
      text.append(
          "  - {namespaces: [\"%s\"], role: \"%s\", externalId: \"%s\"}\n"
              .formatted(operator.namespace(), arn(role), EXTERNAL_ID));
    }
    Files.writeString(file, roles.length == 0 ? "rules: [{namespaces: ['*']}]" : text);
  }

  private static String arn(String role) {
    return "arn:aws:iam::" + ACCOUNT + ":role/" + role;
  }

  private SimulatedRole role(String name) {
    return tenants.role(name, "orders");
  }

  private List<LoggedRequest> assumptions() {
    return operator.aws().requests().where(call -> call.operation().equals("AssumeRole"));
  }

  private SimulatedRegion account() {
    return operator.aws().region(ACCOUNT, "eu-west-1");
  }
}
