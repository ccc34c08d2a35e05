package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
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

  private static final String ARN = "arn:aws:lambda:eu-west-1:" + ACCOUNT + ":function:orders";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @BeforeEach
  void createFunction() {
    tenants.createProvider(ACCOUNT);
    account().createFunction(FunctionSeed.zip("orders"));
  }

  @Test
  void aSuspendedSquatterTakesNothing() {
    // Given: it comes first, and is never read
    tenant("squatter", "other");
    apply("squatter", "suspend: true\ntimeout: 99");
    resources.awaitNextSecond();
    tenant("owner", "orders");

    // When
    apply("owner", "timeout: 30");

    // Then
    resources.awaitReady("owner");
    assertThat(timeout()).isEqualTo(30);
    assertThat(tenants.callers("orders")).noneMatch(caller -> caller.contains("/squatter/"));
  }

  @Test
  void anOwnerThatIsSuspendedKeepsItsFunctionFromAnotherIdentity() {
    // Given
    tenant("owner", "orders");
    apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    apply("owner", "suspend: true\ntimeout: 30");
    resources.await(
        "owner",
        "to be suspended",
        resource -> "True".equals(resources.condition("owner", "Suspended").status()));
    resources.awaitNextSecond();
    tenant("second", "orders");

    // When
    apply("second", "timeout: 9");

    // Then
    resources.awaitStalled("second", "Conflict");
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void rightsThatAreTakenAndGivenBackMoveTheFunctionAndBringItBack() {
    // Given
    SimulatedRole role = tenant("owner", "orders");
    apply("owner", "timeout: 30");
    resources.awaitReady("owner");
    resources.awaitNextSecond();
    tenant("second", "orders");
    apply("second", "timeout: 9");
    resources.awaitStalled("second", "Conflict");
    role.denies("lambda:*", "*");
    resources.requestReconcile("owner", "denied");
    resources.awaitStalled("owner", "AccessDeniedException");
    resources.awaitReady("second");
    assertThat(timeout()).isEqualTo(9);

    // When
    role.deniesNothing();
    resources.requestReconcile("owner", "allowed");

    // Then
    resources.awaitReady("owner");
    resources.awaitStalled("second", "Conflict");
    assertThat(timeout()).isEqualTo(30);
  }

  @Test
  void afterARestartTheYoungerWritesNothingBeforeTheOlderIsRead() throws Exception {
    // Given: STS is slow to serve the owner, and the younger one has a change to send
    tenant("owner", "orders");
    apply("owner", "timeout: 30");
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
    tenant("squatter", "orders");
    operator.aws().faults().onAssumingRoles().always().thenAnswer(503, "ServiceUnavailable", "no");
    apply("squatter", "timeout: 99");
    resources.awaitReason("squatter", "ServiceUnavailable");
    resources.awaitNextSecond();
    givenOperatorsRight();

    // When
    resources.apply("owner", "functionName: " + ARN + "\ntimeout: 30");

    // Then
    resources.awaitReason("owner", "OwnerUnknown");
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(timeout()).isEqualTo(30));
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

  /** A ServiceAccount whose role may do everything with a function. */
  private SimulatedRole tenant(String name, String function) {
    SimulatedRole role = tenants.role(name, function);
    tenants.serviceAccount(name, role);
    return role;
  }

  /** A resource of the function that acts as the ServiceAccount of its name. */
  private void apply(String name, String more) {
    resources.apply(name, "functionName: " + ARN + "\nserviceAccountName: " + name + "\n" + more);
  }

  /** The function's account lets the operator's own identity in. */
  private void givenOperatorsRight() {
    operator.aws().openAccount(ACCOUNT);
  }

  private int timeout() {
    return account().function("orders").get("Timeout").asInt();
  }

  private SimulatedRegion account() {
    return operator.aws().region(ACCOUNT, "eu-west-1");
  }
}
