package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Credentials of a tenant, which go with the last resource that makes calls by them. */
final class IdentityLifetimeIT {

  private static final List<String> HELD =
      List.of(
          "SdkRoleSessions.credentials",
          "StsClients.clients",
          "StsQuotas.scopes",
          "TenantIdentities.identities",
          "TenantIdentities.keyOfUid");

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @TempDir private Path directory;
  private Path policy = Path.of("");

  @BeforeEach
  void bringInSync() throws Exception {
    policy = directory.resolve("policy.yaml");
    allow("orders");
    operator.start(operator.options().withDebugPort().withPolicyFile(policy));
    tenants.createProvider(ACCOUNT);
    operator.aws().region(ACCOUNT, "eu-west-1").createFunction(FunctionSeed.zip("orders"));
    tenants.serviceAccount("writer", tenants.role("writer", "orders"));
    apply("timeout: 30");
    resources.awaitReady("orders");
    assertThat(DebugSizes.of(operator)).containsEntry("SdkRoleSessions.credentials", 1L);
  }

  @Test
  void thoseOfASuspendedResourceAreDroppedAndComeBack() {
    // When
    apply("suspend: true\ntimeout: 30");

    // Then
    awaitNothingHeld();
    apply("timeout: 60");
    resources.awaitReady("orders");
  }

  @Test
  void thoseOfAForbiddenResourceAreDroppedAndComeBack() throws Exception {
    // When
    allow("others");

    // Then
    resources.awaitStalled("orders", "Forbidden");
    awaitNothingHeld();
    allow("orders");
    resources.awaitReady("orders");
  }

  private void awaitNothingHeld() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              for (String name : HELD) {
                assertThat(DebugSizes.of(operator)).containsEntry(name, 0L);
              }
            });
  }

  private void allow(String function) throws Exception {
    Files.writeString(
        policy,
        "rules: [{namespaces: [%s], functions: [%s]}]".formatted(operator.namespace(), function));
  }

  private void apply(String more) {
    resources.apply("orders", "functionName: orders\nserviceAccountName: writer\n" + more);
  }
}
