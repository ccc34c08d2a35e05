package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a client of Kubernetes that cannot be created. */
final class KubernetesVariablesTest {

  private final RuntimeException failure =
      new IllegalStateException("outer", new NumberFormatException("inner"));

  @ParameterizedTest
  @CsvSource({
    "KUBERNETES_REQUEST_TIMEOUT, 10000, 10s",
    "KUBERNETES_WATCH_RECONNECTLIMIT, -1, never",
    "KUBERNETES_TLS_VERSIONS, 'TLS_1_2,TLS_1_3', TLSv1.3",
    "HTTPS_PROXY, http://proxy:3128, proxy",
    "https_proxy, proxy:3128, http://proxy:99999",
    "NO_PROXY, '.svc,10.0.0.0/8,a-b:443', '.svc, .example.com'",
    "NO_PROXY, '', *.example.com",
    "ALL_PROXY, socks5://proxy:1080, http://a b"
  })
  void theVariableThatIsWrongIsNamed(String name, String good, String bad) {
    assertThat(KubernetesVariables.message(failure, Map.of(name, good)))
        .startsWith("the kubeconfig cannot be used (");
    assertThat(KubernetesVariables.message(failure, Map.of(name, bad))).startsWith(name);
  }

  @Test
  void theAddressOfAProxyIsNotRepeated() {
    assertThat(KubernetesVariables.message(failure, Map.of("HTTPS_PROXY", "http://me:secret@x")))
        .isEqualTo(
            "HTTPS_PROXY is no address of a proxy with a port: write http://HOST:PORT, or unset"
                + " it");
  }

  @Test
  void withoutSuchAVariableTheCauseIsSaid() {
    assertThat(KubernetesVariables.message(failure, Map.of()))
        .isEqualTo(
            "the kubeconfig cannot be used (java.lang.NumberFormatException: inner): check the"
                + " certificates and keys that it names");
  }
}
