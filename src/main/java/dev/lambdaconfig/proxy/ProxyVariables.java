package dev.lambdaconfig.proxy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variables that name proxies: {@code HTTPS_PROXY} for endpoints by https, {@code HTTP_PROXY}
 * for those by http, {@code NO_PROXY} for the exceptions. Of a name in lower and in upper case the
 * first wins, as with curl; an empty value is none.
 */
public final class ProxyVariables {

  private final Map<String, String> environment;
  private final NoProxy exceptions;

  /** Reads the given variables. */
  public ProxyVariables(Map<String, String> environment) {
    this.environment = environment;
    this.exceptions = new NoProxy(Objects.requireNonNullElse(value("no_proxy"), ""));
  }

  /** The proxy for the endpoints of a scheme, or null if there is none. */
  public @Nullable ProxyAddress proxy(String scheme) {
    String address = value(scheme + "_proxy");
    return address == null ? null : ProxyAddress.parse(address);
  }

  /** Whether an endpoint is reached without the proxy of its scheme. */
  public boolean exempts(URI endpoint) {
    String host = endpoint.getHost();
    return host != null && exceptions.covers(host, port(endpoint));
  }

  private static int port(URI endpoint) {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return endpoint.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private @Nullable String value(String name) {
    String lower = environment.get(name);
    String value =
        lower == null || lower.isBlank() ? environment.get(name.toUpperCase(Locale.ROOT)) : lower;
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The faults of the variables, each without its value, which may hold a password. */
  public static List<String> problems(Map<String, String> environment) {
    return Stream.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
        .filter(
            name -> {
              String value = environment.get(name);
              return value != null && !value.isBlank() && ProxyAddress.parse(value.strip()) == null;
            })
        .map(
            name ->
                name
                    + " is no address of an HTTP proxy: write http://HOST:PORT, with what is no"
                    + " letter or digit of a user or password percent-encoded, or unset it")
        .toList();
  }
}
