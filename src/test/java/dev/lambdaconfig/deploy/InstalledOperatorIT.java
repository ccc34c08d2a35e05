package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An installation grants the operator what it needs to work. */
final class InstalledOperatorIT {

  private static final Path CRD = Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml");

  /** Less than the Deployment's terminationGracePeriodSeconds, for which a kubelet waits. */
  private static final Duration GRACE = Duration.ofSeconds(29);

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  @RegisterExtension final InstalledOperator installed = new InstalledOperator(namespace);

  private final ApiServer server = ApiServer.shared();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void serveTheResource() {
    server.applyCrd(CRD);
  }

  @ParameterizedTest
  @EnumSource
  void theJarKeepsAFunctionWithTheRightsOfTheInstallation(Installation installation)
      throws Exception {
    try (var aws = LambdaSimulator.builder().updateTime(Duration.ofMillis(300)).start()) {
      // Given
      var function = "fn-" + namespace.name();
      aws.createFunction(FunctionSeed.zip(function).with("Timeout", 3));
      var manifests = installation.manifests(namespace.name(), aws.endpoint().toString());
      installed.applyIdentity(manifests);
      try (var operator = installed.start(folder.resolve("one"), manifests, aws)) {
        operator.awaitRunning();
        assertThat(operator.get("/livez")).startsWith("200 ");
        assertThat(operator.get("/metrics")).startsWith("200 ").contains("jvm_memory_used_bytes");
        operator.await("readiness").until(() -> operator.get("/readyz").startsWith("200 "));

        // When
        installed.apply(function, 30);
        operator.await("Ready=True").until(() -> "True".equals(installed.ready(function)));

        // Then
        assertThat(aws.requests().updatesOf(function))
            .singleElement()
            .satisfies(
                update -> {
                  var body = Objects.requireNonNull(update.body());
                  assertThat(body.path("Timeout").asInt()).isEqualTo(30);
                  assertThat(body.path("RevisionId").asText()).isNotBlank();
                  assertThat(update.httpStatus()).isEqualTo(200);
                });
        assertThat(aws.function(function).path("Timeout").asInt()).isEqualTo(30);
        assertThat(installed.holder()).startsWith("one_");

        // And it ends on SIGTERM, and releases its Lease for the next one.
        operator.terminate();
        assertThat(operator.exitCode(GRACE)).as(operator::tail).isZero();
        assertThat(installed.holder()).isEmpty();
      }
    }
  }

  @Test
  void aStandbyTakesOverFromALeaderThatEnds() throws Exception {
    try (var aws = LambdaSimulator.start()) {
      // Given
      var function = "fn-" + namespace.name();
      aws.createFunction(FunctionSeed.zip(function));
      var manifests =
          Installation.CHART_FOR_ONE_NAMESPACE.manifests(
              namespace.name(), aws.endpoint().toString());
      installed.applyIdentity(manifests);
      try (var leader = installed.start(folder.resolve("leader"), manifests, aws)) {
        leader.awaitRunning();
        leader.await("leadership").until(() -> installed.holder().startsWith("leader_"));
        try (var standby = installed.start(folder.resolve("standby"), manifests, aws)) {
          standby.awaitRunning();
          standby.await("readiness").until(() -> standby.get("/readyz").startsWith("200 "));
          assertThat(leader.get("/metrics")).contains("\nlambdaconfig_leader 1.0\n");
          assertThat(standby.get("/metrics"))
              .contains("\nlambdaconfig_leader 0.0\n")
              .doesNotContain("lambdaconfig_resources{");

          // The roles allow the leader to renew its Lease, not only to acquire it.
          leader.await("a renewal").until(installed::isRenewed);

          // When
          leader.terminate();
          assertThat(leader.exitCode(GRACE)).as(leader::tail).isZero();
          standby.await("leadership").until(() -> installed.holder().startsWith("standby_"));
          installed.apply(function, 40);

          // Then
          standby.await("Ready=True").until(() -> "True".equals(installed.ready(function)));
          assertThat(standby.get("/metrics")).contains("\nlambdaconfig_leader 1.0\n");
          assertThat(aws.requests().updatesOf(function)).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theJarWithoutTheRolesSaysWhatIsMissingAndExits(Installation installation) throws Exception {
    try (var aws = LambdaSimulator.start()) {
      // Given
      var manifests = installation.manifests(namespace.name(), aws.endpoint().toString());
      installed.create(manifests.ofKinds("ServiceAccount"));

      // When
      try (var operator = installed.start(folder.resolve("one"), manifests, aws)) {
        int exitCode = operator.exitCode(Duration.ofSeconds(60));

        // Then
        assertThat(exitCode).as(operator::tail).isEqualTo(1);
        assertThat(operator.tail())
            .contains("lambda-config-operator cannot start")
            .contains("list lambdafunctionconfigs.lambdaconfig.dev")
            .contains("watch lambdafunctionconfigs.lambdaconfig.dev")
            .contains("patch lambdafunctionconfigs.lambdaconfig.dev/status")
            .contains("leases.coordination.k8s.io")
            .contains("deploy/rbac.yaml");
      }
    }
  }
}
