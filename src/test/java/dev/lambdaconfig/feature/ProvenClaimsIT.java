package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.TenantFunction.ARN;
import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRole;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A claim counts once its own identity has read the function: before that it neither wins nor
 * blocks, whatever the order in which resources are read, suspended and denied.
 */
final class ProvenClaimsIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);
  private final TenantFunction orders = new TenantFunction(operator, tenants);

  @BeforeEach
  void createFunction() {
    orders.create();
  }

  @Test
  void aSuspendedSquatterTakesNothing() {
    // Given: it comes first, and is never read
    orders.tenant("squatter", "other");
    orders.apply("squatter", "suspend: true\ntimeout: 99");
    resources.awaitNextSecond();
    orders.tenant("owner", "orders");

    // When
    orders.apply("owner", "timeout: 30");

    // Then
    resources.awaitReady("owner");
    assertThat(orders.timeout()).isEqualTo(30);
    assertThat(tenants.callers("orders")).noneMatch(caller -> caller.contains("/squatter/"));
  }

  @Test
  void anOwnerThatIsSuspendedKeepsItsFunctionFromAnotherIdentity() {
    // Given
    orders.tenant("owner", "orders");
    orders.apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    orders.apply("owner", "suspend: true\ntimeout: 30");
    resources.await(
        "owner",
        "to be suspended",
        resource -> "True".equals(resources.condition("owner", "Suspended").status()));
    resources.awaitNextSecond();
    orders.tenant("second", "orders");

    // When
    orders.apply("second", "timeout: 9");

    // Then
    resources.awaitStalled("second", "Conflict");
    assertThat(orders.timeout()).isEqualTo(30);
  }

  @Test
  void rightsThatAreTakenAndGivenBackMoveTheFunctionAndBringItBack() {
    // Given
    SimulatedRole role = orders.tenant("owner", "orders");
    orders.apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    resources.awaitNextSecond();
    orders.tenant("second", "orders");
    orders.apply("second", "timeout: 9");
    resources.awaitStalled("second", "Conflict");
    role.denies("lambda:*", "*");
    resources.requestReconcile("owner", "denied");
    resources.awaitStalled("owner", "AccessDeniedException");
    resources.awaitReady("second");
    assertThat(orders.timeout()).isEqualTo(9);

    // When
    role.deniesNothing();
    resources.requestReconcile("owner", "allowed");

    // Then
    resources.awaitReady("owner");
    resources.awaitStalled("second", "Conflict");
    assertThat(orders.timeout()).isEqualTo(30);
  }

  @Test
  void afterARestartTheYoungerWritesNothingBeforeTheOlderIsRead() throws Exception {
    // Given: STS is slow to serve the owner, and the younger one has a change to send
    orders.tenant("owner", "orders");
    orders.apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    resources.awaitNextSecond();
    givenOperatorsRight();
    resources.apply("second", "functionName: " + ARN + "\ntimeout: 9");
    resources.awaitStalled("second", "Conflict");
    operator.stop();
    operator.aws().requests().clear();
    operator.aws().faults().onAssumingRoles().times(3).thenAnswer(503, "ServiceUnavailable", "no");

    // When
    operator.start();
    resources.requestReconcile("second", "now");
    resources.awaitHandled("second", "now");

    // Then
    resources.awaitStalled("second", "Conflict");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
    resources.awaitReady("owner");
    resources.awaitStalled("second", "Conflict");
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
  }

  @Test
  void aSquatterWhoseRoleStsNeverServesHoldsNobodyUpForLong() {
    // Given: it comes first, and is about to read for ever
    orders.tenant("squatter", "orders");
    operator.aws().faults().onAssumingRoles().always().thenAnswer(503, "ServiceUnavailable", "no");
    orders.apply("squatter", "timeout: 99");
    resources.awaitReason("squatter", "ServiceUnavailable");
    resources.awaitNextSecond();
    givenOperatorsRight();

    // When
    resources.apply("owner", "functionName: " + ARN + "\ntimeout: 30");

    // Then
    resources.awaitReason("owner", "OwnerUnknown");
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(orders.timeout()).isEqualTo(30));
    resources.awaitReady("owner");
  }

  @Test
  void anOlderOneThatTheFirstSweepAnswersForIsReadBeforeAYoungerOneWrites() throws Exception {
    // Given: a function of the operator's own account, in sync before a restart
    String home = operator.aws().homeAccount();
    operator.givenInSync("known", "timeout: 30");
    operator.stop();
    tenants.createProvider(home);
    SimulatedRole role =
        operator
            .aws()
            .iam()
            .role("arn:aws:iam::" + home + ":role/second")
            .allows("lambda:*", "known");
    tenants.serviceAccount("second", role);
    resources.awaitNextSecond();
    resources.apply("second", "functionName: known\nserviceAccountName: second\ntimeout: 9");
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then
    resources.awaitStalled("second", "Conflict");
    assertThat(operator.aws().requests().updatesOf("known")).isEmpty();
    assertThat(operator.aws().requests().readsOf("known"))
        .extracting(LoggedRequest::accessKeyId)
        .as("reads by both")
        .hasSizeGreaterThan(1);
    resources.awaitReady("known");
  }

  /** The function's account lets the operator's own identity in. */
  private void givenOperatorsRight() {
    operator.aws().openAccount(ACCOUNT);
  }
}
