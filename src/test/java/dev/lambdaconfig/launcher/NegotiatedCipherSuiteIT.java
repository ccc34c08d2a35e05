package dev.lambdaconfig.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator, with the options that it is shipped with, and a real API server. */
final class NegotiatedCipherSuiteIT {

  /** The answer of the server in JSSE's log; a hello of the client has "cipher suites". */
  private static final Pattern SUITE = Pattern.compile("\"cipher suite\"\\s*:\\s*\"(\\w+)");

  @TempDir private Path folder = Path.of("");

  @Test
  void theApiServerTakesTheSuiteThatCostsTheOperatorLeast() throws Exception {
    ApiServer server = ApiServer.shared();
    server.applyCrd(Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml"));
    String namespace = server.freshNamespace("cipher-suites");
    try (LambdaSimulator aws = LambdaSimulator.start();
        ChartRights rights = new ChartRights(server, namespace, Set.of());
        OperatorJar operator =
            OperatorJar.startAsShipped(
                folder,
                rights.kubeconfig(Set.of(namespace)),
                aws.endpoint(),
                Map.of(
                    "LAMBDA_CONFIG_NAMESPACES", namespace,
                    "LAMBDA_CONFIG_OPERATOR_NAMESPACE", namespace,
                    "JDK_JAVA_OPTIONS", "-Djavax.net.debug=ssl,handshake"))) {
      // When
      operator.awaitRunning();

      // Then
      List<String> suites =
          SUITE
              .matcher(operator.log())
              .results()
              .map((MatchResult found) -> found.group(1))
              .toList();
      assertThat(suites).isNotEmpty().containsOnly("TLS_CHACHA20_POLY1305_SHA256");
    }
  }
}
