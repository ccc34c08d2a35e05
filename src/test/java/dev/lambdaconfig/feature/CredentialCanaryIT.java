package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.SimulatedRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No token, secret key or session token appears in a log at any level, or anywhere else. */
final class CredentialCanaryIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  @TempDir Path folder = Path.of("");

  @Test
  void noTokenAndNoCredentialIsToldAnywhere() throws Exception {
    // Given: an operator with the most verbose log, and roles that STS accepts and refuses
    tenants.createProvider(Tenants.ACCOUNT);
    for (String function : List.of("good", "refused", "denied", "later")) {
      operator
          .aws()
          .region(Tenants.ACCOUNT, "eu-west-1")
          .createFunction(FunctionSeed.zip(function));
      SimulatedRole role = tenants.role(function, function);
      tenants.serviceAccount(function, role);
    }
    tenants.role("refused", "refused").trustsNobody();
    tenants.role("denied", "denied").denies("lambda:*", "*");
    try (OperatorJar jar =
        operator.startJar(
            folder.resolve("operator"),
            Map.of("LAMBDA_CONFIG_LOG_LEVEL", "TRACE", "LAMBDA_CONFIG_DEBUG_PORT", "0"))) {
      jar.awaitRunning();
      operator.aws().faults().onAssumingRoles().thenCutAfterApplying();

      // When
      for (String function : List.of("good", "refused", "denied", "later")) {
        resources.apply(
            function,
            "functionName: " + function + "\nserviceAccountName: " + function + "\ntimeout: 30");
      }
      resources.awaitReady("good");
      resources.awaitReady("later");
      resources.awaitStalled("refused", "AccessDenied");
      resources.awaitStalled("denied", "AccessDeniedException");
      long reads = operator.aws().requests().reads().size();
      Awaitility.await("more reads")
          .atMost(Duration.ofMinutes(1))
          .until(() -> operator.aws().requests().reads().size() >= reads + 4);

      // Then
      List<String> told = new ArrayList<>(Canary.reportedByTheCluster(operator));
      told.add(jar.get("/metrics"));
      told.add(jar.log());
      List<String> secrets = operator.aws().iam().secrets();
      assertThat(secrets).hasSizeGreaterThan(8);
      for (String text : told) {
        for (String secret : secrets) {
          assertThat(text.contains(secret)).as("a credential is told").isFalse();
        }
      }
    }
  }
}
