package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.options.IdentityOptions;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.SimulatedRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an identity lacks is told with what to write, and once it is written the resource goes on;
 * what passes by itself is repeated. Until then nothing is called.
 */
final class MissingIdentityIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @BeforeEach
  void createFunction() {
    operator.aws().region(ACCOUNT, "eu-west-1").createFunction(FunctionSeed.zip("orders"));
  }

  @Test
  void aMissingServiceAccountIsNamedAndFoundOnceItIsThere() {
    // Given
    tenants.createProvider(ACCOUNT);
    SimulatedRole role = tenants.role("lambda-writer", "orders");
    apply();
    resources.awaitStalled("orders", "ServiceAccountNotFound");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "namespace " + operator.namespace() + " has no ServiceAccount writer", "create it");
    assertThat(operator.aws().requests().all()).isEmpty();

    // When
    tenants.serviceAccount("writer", role);

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void aMissingAnnotationIsToldWithTheCommandAndFoundOnceItIsThere() {
    // Given
    tenants.createProvider(ACCOUNT);
    SimulatedRole role = tenants.role("lambda-writer", "orders");
    role.trusts(operator.namespace(), "writer");
    tenants.create(operator.namespace(), "writer", Map.of());
    apply();
    resources.awaitStalled("orders", "RoleNotAnnotated");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "kubectl annotate serviceaccount -n "
                + operator.namespace()
                + " writer eks.amazonaws.com/role-arn=arn:aws:iam::<account>:role/<name>");

    // When
    tenants.annotate("writer", Tenants.ROLE_ARN, role.arn());

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void aRoleOfAnotherPartitionIsRefusedWithoutACall() {
    // When
    tenants.create(
        operator.namespace(),
        "writer",
        Map.of(Tenants.ROLE_ARN, "arn:aws-cn:iam::" + ACCOUNT + ":role/lambda-writer"));
    apply();

    // Then
    resources.awaitStalled("orders", "InvalidRole");
    assertThat(tenants.exchanges()).isEmpty();
  }

  @Test
  void anUnknownIssuerIsToldWithTheCommandThatCreatesTheProvider() {
    // Given
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));
    apply();
    resources.awaitStalled("orders", "InvalidIdentityToken");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "aws iam create-open-id-connect-provider --url " + tenants.issuer(),
            "in account " + ACCOUNT);

    // When
    tenants.createProvider(ACCOUNT);

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void aMissingTrustIsToldWithThePolicyAndFoundOnceItIsThere() {
    // Given
    tenants.createProvider(ACCOUNT);
    SimulatedRole role = tenants.role("lambda-writer", "orders");
    tenants.create(operator.namespace(), "writer", Map.of(Tenants.ROLE_ARN, role.arn()));
    apply();
    resources.awaitStalled("orders", "AccessDenied");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "\"Action\": \"sts:AssumeRoleWithWebIdentity\"",
            ":sub\": \"system:serviceaccount:" + operator.namespace() + ":writer\"",
            ":aud\": \"sts.amazonaws.com\"",
            "oidc-provider/" + tenants.issuer().replace("https://", ""));

    // When
    role.trusts(operator.namespace(), "writer");

    // Then
    resources.awaitReady("orders");
  }

  @Test
  void aTokenForAnotherAudienceIsToldWithTheCommandThatAddsIt() {
    // When
    tenants.createProvider(ACCOUNT);
    SimulatedRole role = tenants.role("lambda-writer", "orders");
    tenants.create(
        operator.namespace(),
        "writer",
        Map.of(Tenants.ROLE_ARN, role.arn(), "eks.amazonaws.com/audience", "others"));
    apply();

    // Then
    resources.awaitStalled("orders", "InvalidIdentityToken");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("--client-id others", "eks.amazonaws.com/audience");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | IDPCommunicationError | cannot reach the provider",
        "400 | InvalidIdentityToken | Couldn't retrieve verification key from your provider",
        "400 | ExpiredTokenException | Token expired",
        "400 | Throttling | Rate exceeded",
        "503 | ServiceUnavailable | later",
        "500 | InternalFailure | later"
      })
  void whatPassesByItselfIsRepeated(int status, String code, String message) {
    // Given
    tenants.createProvider(ACCOUNT);
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));
    operator.aws().faults().onAssumingRoles().thenAnswer(status, code, message);

    // When
    apply();

    // Then: no person was asked to do anything
    resources.awaitReady("orders");
    assertThat(tenants.exchanges()).hasSize(2);
    assertThat(Events.of(operator, "orders"))
        .noneSatisfy(event -> assertThat(event.getReason()).isEqualTo("Stalled"));
  }

  @Test
  void anStsThatHangsHoldsUpNoOtherResource() {
    // Given
    tenants.createProvider(ACCOUNT);
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "orders"));
    operator.aws().faults().onAssumingRoles().always().thenHang();
    apply();

    // When
    operator.givenInSync("own", "timeout: 30");

    // Then
    resources.awaitReason("orders", "STSUnavailable");
    operator.aws().faults().clear();
    resources.awaitReady("orders");
  }

  @Test
  void whereAnIdentityIsRequiredAResourceWithoutOneIsRefused() throws Exception {
    // Given
    operator.stop();
    operator.start(operator.options().withIdentity(new IdentityOptions(true, Duration.ofHours(1))));
    operator.aws().createFunction(FunctionSeed.zip("own"));

    // When
    resources.apply("own", "functionName: own\ntimeout: 30");

    // Then
    resources.awaitStalled("own", "IdentityRequired");
    assertThat(resources.condition("own", "Stalled"))
        .hasMessageContaining(
            "--tenant-identity=required", "set serviceAccountName", operator.namespace());
    assertThat(operator.aws().requests().where(call -> "own".equals(call.functionName())))
        .isEmpty();
  }

  private void apply() {
    resources.apply("orders", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");
  }
}
