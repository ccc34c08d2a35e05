package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A kubeconfig with a context {@code a} that has a token, and the current one with a password and a
 * server whose certificate is not checked.
 */
public record TwoContexts(Path file) {

  /** The property by which the Kubernetes client finds a kubeconfig. */
  private static final String PROPERTY = Config.KUBERNETES_KUBECONFIG_FILE;

  /** Writes the kubeconfig into a folder. */
  public static TwoContexts in(Path folder) throws IOException {
    return new TwoContexts(
        Files.writeString(
            folder.resolve("two-contexts"),
            """
            apiVersion: v1
            kind: Config
            current-context: b
            clusters:
            - {name: a, cluster: {server: "https://127.0.0.1:1"}}
            - {name: b, cluster: {server: "https://127.0.0.1:2", insecure-skip-tls-verify: true}}
            users:
            - {name: a, user: {token: of-a}}
            - {name: b, user: {username: b, password: of-b}}
            contexts:
            - {name: a, context: {cluster: a, user: a}}
            - {name: b, context: {cluster: b, user: b}}
            """));
  }

  /** Makes something while this is the kubeconfig of the environment. */
  public <T> T current(Supplier<T> made) {
    String before = System.setProperty(PROPERTY, file.toString());
    try {
      return made.get();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }

  /** Asserts that a configuration has everything of context {@code a}, and nothing else. */
  public void assertOfContextA(Config config) {
    assertThat(config.getMasterUrl()).startsWith("https://127.0.0.1:1");
    assertThat(config.getAutoOAuthToken()).isEqualTo("of-a");
    assertThat(config.getUsername()).isNull();
    assertThat(config.getPassword()).isNull();
    assertThat(config.isTrustCerts()).isFalse();
  }
}
