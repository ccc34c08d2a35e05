package dev.lambdaconfig.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.cluster.TwoContexts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The choice of a cluster, and what is wrong with it. */
final class ClusterOptionsTest {

  @TempDir private Path folder = Path.of("");

  private Path kubeconfig = Path.of("");

  @Command
  static final class Reading {
    @Mixin private ClusterOptions cluster = new ClusterOptions();
  }

  @BeforeEach
  void givenAKubeconfig() throws IOException {
    kubeconfig =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: dev
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: u, user: {token: t}}]
            contexts:
            - {name: dev, context: {cluster: c, user: u}}
            - {name: prod, context: {cluster: c, user: u}}
            """);
  }

  private static ClusterOptions options(String... args) {
    Reading reading = new Reading();
    var unused = new CommandLine(reading).parseArgs(args);
    return reading.cluster;
  }

  private @Nullable String problem(String... more) {
    String[] args = new String[more.length + 1];
    args[0] = "--kubeconfig=" + kubeconfig;
    System.arraycopy(more, 0, args, 1, more.length);
    return options(args).problem();
  }

  @Test
  void aContextThatIsThereIsFine() {
    assertThat(problem()).isNull();
    assertThat(problem("--context=prod")).isNull();
  }

  /** One cluster would get the credentials of another, over a connection that is not checked. */
  @Test
  void nothingComesFromTheCurrentContext() throws IOException {
    // Given
    TwoContexts contexts = TwoContexts.in(folder);

    // When
    try (KubernetesClient client = contexts.current(() -> options("--context=a").client())) {
      // Then
      contexts.assertOfContextA(client.getConfiguration());
    }
  }

  /** Another cluster than the one that was named would be read. */
  @Test
  void aContextThatIsNotThereIsNamed() {
    assertThat(problem("--context=staging"))
        .isEqualTo(
            "--context: the kubeconfig has no context staging: kubectl config get-contexts lists"
                + " those that it has");
  }

  @Test
  void aFileThatIsNoKubeconfigIsNamed() throws IOException {
    Files.writeString(kubeconfig, "a: [");

    assertThat(problem()).contains("--kubeconfig: ", "is no kubeconfig: check its YAML");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(options("--kubeconfig=none").problem())
        .isEqualTo("--kubeconfig: none cannot be read: check its path");
  }

  /** The client's own message is that an error has occurred. */
  @Test
  void aCertificateThatIsNotThereIsNamed() throws IOException {
    Files.writeString(
        kubeconfig,
        Files.readString(kubeconfig)
            .replace("{server:", "{certificate-authority: /none/ca.pem, server:"));

    assertThatThrownBy(() -> options("--kubeconfig=" + kubeconfig).client().close())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageStartingWith("the kubeconfig cannot be used (")
        .hasMessageContaining("/none/ca.pem")
        .hasMessageEndingWith("): check the certificates and keys that it names");
  }

  /** The address is the client's own assumption, of which a person has never heard. */
  @Test
  void whereNothingNamesAClusterThatIsSaid() {
    KubernetesClientException failure = new KubernetesClientException("UnresolvedAddress");

    assertThat(ClusterOptions.unreadable("https://kubernetes.default.svc/", failure))
        .startsWith("no cluster is known, ")
        .contains("write --kubeconfig FILE, or set KUBECONFIG");
    assertThat(ClusterOptions.unreadable("https://127.0.0.1:1/", failure))
        .startsWith("the API server at https://127.0.0.1:1/ does not answer (");
  }

  @Test
  void aClusterIsChosenByEitherOption() {
    assertThat(options().isChosen()).isFalse();
    assertThat(options("--context=dev").isChosen()).isTrue();
    assertThat(options("--kubeconfig=" + kubeconfig).isChosen()).isTrue();
  }
}
