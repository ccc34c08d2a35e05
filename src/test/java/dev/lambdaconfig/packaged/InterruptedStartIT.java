package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while the operator waits for an API server that does not answer. */
final class InterruptedStartIT {

  @TempDir private Path folder = Path.of("");

  @Test
  void endsWith0AndALine() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      // Given
      silent.setSoTimeout((int) Duration.ofMinutes(2).toMillis());
      try (OperatorJar operator =
          OperatorJar.start(
              folder.resolve("operator"),
              kubeconfig(silent.getLocalPort()),
              URI.create("http://127.0.0.1:1"),
              Map.of())) {
        try (Socket request = silent.accept()) {
          assertThat(request.isConnected()).isTrue();

          // When
          operator.terminate();

          // Then
          assertThat(operator.exitCode(Duration.ofMinutes(1))).isZero();
          assertThat(operator.log()).contains("stopping before the start has ended");
        }
      }
    }
  }

  private Path kubeconfig(int port) throws Exception {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: silent, cluster: {server: "http://127.0.0.1:%d"}}]
        contexts: [{name: silent, context: {cluster: silent, user: nobody}}]
        users: [{name: nobody, user: {}}]
        current-context: silent
        """
            .formatted(port));
  }
}
