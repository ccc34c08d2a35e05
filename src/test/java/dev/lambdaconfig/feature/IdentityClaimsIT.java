package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.TenantFunction.ARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.SimulatedRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A function belongs to the oldest resource whose own identity may read it. */
final class IdentityClaimsIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);
  private final TenantFunction orders = new TenantFunction(operator, tenants);

  @BeforeEach
  void createFunction() {
    orders.create();
    tenants.serviceAccount("writer", tenants.role("writer", "orders"));
  }

  @Test
  void aSquatterWithoutTheRightToReadTakesNothing() {
    // Given: it comes first, and names the function of somebody else
    tenants.serviceAccount("squatter", tenants.role("squatter", "other"));
    resources.apply(
        "squatter", "functionName: " + ARN + "\nserviceAccountName: squatter\ntimeout: 99");
    resources.awaitStalled("squatter", "AccessDeniedException");
    resources.awaitNextSecond();

    // When
    resources.apply("owner", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");

    // Then
    resources.awaitReady("owner");
    resources.requestReconcile("squatter", "now");
    resources.awaitStalled("squatter", "AccessDeniedException");
    resources.awaitReady("owner");
    assertThat(orders.timeout()).isEqualTo(30);
  }

  @Test
  void aSquatterWithoutAnIdentityTakesNothing() {
    // Given
    resources.apply(
        "squatter", "functionName: " + ARN + "\nserviceAccountName: missing\ntimeout: 99");
    resources.awaitStalled("squatter", "ServiceAccountNotFound");
    resources.awaitNextSecond();

    // When
    resources.apply("owner", "functionName: " + ARN + "\nserviceAccountName: writer\ntimeout: 30");

    // Then
    resources.awaitReady("owner");
    assertThat(orders.timeout()).isEqualTo(30);
  }

  @Test
  void ofTwoWhoMayReadItTheOlderKeepsItWhateverTheirIdentities() {
    // Given
    resources.apply("older", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");
    resources.awaitReady("older");
    tenants.serviceAccount("second", tenants.role("second", "orders"));
    resources.awaitNextSecond();

    // When
    resources.apply("younger", "functionName: " + ARN + "\nserviceAccountName: second\ntimeout: 9");

    // Then
    resources.awaitStalled("younger", "Conflict");
    assertThat(orders.timeout()).isEqualTo(30);
  }

  @Test
  void aClaimStopsToCountOnceAwsDeniesTheFunction() {
    // Given
    SimulatedRole role = tenants.role("writer", "orders");
    resources.apply("older", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");
    resources.awaitReady("older");
    tenants.serviceAccount("second", tenants.role("second", "orders"));
    resources.awaitNextSecond();
    resources.apply("younger", "functionName: " + ARN + "\nserviceAccountName: second\ntimeout: 9");
    resources.awaitStalled("younger", "Conflict");

    // When
    role.denies("lambda:*", "*");

    // Then: the next read of the older one shows it
    resources.awaitStalled("older", "AccessDeniedException");
    resources.awaitReady("younger");
    assertThat(orders.timeout()).isEqualTo(9);
  }

  @Test
  void theSameNameInTheOperatorsOwnAccountIsAnotherFunction() {
    // Given
    operator.givenInSync("orders", "timeout: 60");
    resources.awaitNextSecond();

    // When
    resources.apply("tenants", "functionName: orders\nserviceAccountName: writer\ntimeout: 30");

    // Then
    resources.awaitReady("tenants");
    resources.awaitReady("orders");
    assertThat(orders.timeout()).isEqualTo(30);
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }
}
