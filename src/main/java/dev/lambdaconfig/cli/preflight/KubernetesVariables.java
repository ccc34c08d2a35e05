package dev.lambdaconfig.cli.preflight;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables that the client of Kubernetes reads. What it throws for a wrong one
 * does not name it.
 */
public final class KubernetesVariables {

  private static final Set<String> NUMBERS =
      Set.of(
          "KUBERNETES_CONNECTION_TIMEOUT",
          "KUBERNETES_LOGGING_INTERVAL",
          "KUBERNETES_REQUEST_RETRY_BACKOFFINTERVAL",
          "KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT",
          "KUBERNETES_REQUEST_TIMEOUT",
          "KUBERNETES_SCALE_TIMEOUT",
          "KUBERNETES_UPLOAD_REQUEST_TIMEOUT",
          "KUBERNETES_WATCH_RECONNECTINTERVAL",
          "KUBERNETES_WATCH_RECONNECTLIMIT",
          "KUBERNETES_WEBSOCKET_PING_INTERVAL");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  private static final String TLS_VERSIONS = "KUBERNETES_TLS_VERSIONS";
  private static final Set<String> TLS = Set.of("TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3");

  private static final Set<String> PROXIES = Set.of("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY");

  /** An address that the client takes without a scheme. */
  private static final Pattern HOST_AND_PORT = Pattern.compile("[\\w.-]+:\\d{1,5}");

  private static final String NO_PROXY = "NO_PROXY";

  /** The characters that the client refuses in a list of hosts, such as blanks and asterisks. */
  private static final Pattern NO_HOST = Pattern.compile("[^\\da-zA-Z.\\-/:,]");

  private static final int HIGHEST_PORT = 65_535;

  private KubernetesVariables() {}

  /**
   * The message for a client that cannot be created: the variables that are wrong, else the
   * failure.
   */
  public static String message(RuntimeException failure, Map<String, String> environment) {
    List<String> problems = problems(environment);
    return problems.isEmpty()
        ? "the kubeconfig cannot be used ("
            + RootCause.of(failure)
            + "): check the certificates and keys that it names"
        : String.join("; ", problems);
  }

  private static List<String> problems(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (NUMBERS.contains(name) && !NUMBER.matcher(value).matches()) {
            problems.add(name + ": '" + value + "' is no number: correct it, or unset it");
          } else if (name.equals(TLS_VERSIONS) && !TLS.containsAll(List.of(value.split(",", -1)))) {
            problems.add(name + ": '" + value + "' is no list such as TLS_1_2,TLS_1_3: correct it");
          } else if (name.equals(NO_PROXY) && NO_HOST.matcher(value).find()) {
            problems.add(
                name
                    + ": '"
                    + value
                    + "' is no list such as .example.com,10.0.0.0/8: leave out blanks and"
                    + " asterisks");
          } else if (PROXIES.contains(name.toUpperCase(Locale.ROOT)) && !isProxy(value)) {
            // Without its value, which may hold a password.
            problems.add(
                name
                    + " is no address of a proxy with a port: write http://HOST:PORT, or unset it");
          }
        });
    problems.sort(null);
    return problems;
  }

  private static boolean isProxy(String value) {
    if (value.isEmpty() || HOST_AND_PORT.matcher(value).matches()) {
      return true;
    }
    try {
      URI proxy = new URI(value);
      return proxy.getHost() != null && proxy.getPort() >= 0 && proxy.getPort() <= HIGHEST_PORT;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
