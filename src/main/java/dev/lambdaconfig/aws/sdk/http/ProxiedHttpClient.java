package dev.lambdaconfig.aws.sdk.http;

import dev.lambdaconfig.proxy.ProxyAddress;
import dev.lambdaconfig.proxy.ProxyVariables;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.utils.Lazy;

/**
 * An HTTP client whose requests take the proxy of their endpoint's scheme. The SDK chooses one for
 * each client, and that is the proxy for http, whatever the endpoint.
 *
 * <p>Where Java's property {@code https.proxyHost} (or {@code http.proxyHost}) is set, these
 * properties and {@code http.nonProxyHosts} win over the variables, as in the SDK. Each way has a
 * pool of connections, made for the first request that takes it.
 */
public final class ProxiedHttpClient implements SdkHttpClient {

  private final Supplier<TrustManager @Nullable []> trust;
  private final ProxyVariables variables;
  private final Function<Apache5HttpClient.Builder, SdkHttpClient> finish;
  private final Ways http;
  private final Ways https;

  /**
   * The ways to the endpoints of a scheme.
   *
   * @param byProperties whether Java's properties name the proxy, and the exceptions to it
   */
  private record Ways(
      boolean byProperties, Lazy<SdkHttpClient> direct, Lazy<SdkHttpClient> proxied) {}

  /**
   * Takes the proxies of the given variables.
   *
   * @param finish sets all but the proxy and the trust, and builds
   */
  public ProxiedHttpClient(
      Map<String, String> environment, Function<Apache5HttpClient.Builder, SdkHttpClient> finish) {
    this.trust = () -> TrustBundle.of(environment);
    this.variables = new ProxyVariables(environment);
    this.finish = finish;
    this.http = ways("http");
    this.https = ways("https");
  }

  private Ways ways(String scheme) {
    ProxyConfiguration properties =
        ProxyConfiguration.builder().scheme(scheme).useEnvironmentVariableValues(false).build();
    ProxyAddress proxy = variables.proxy(scheme);
    Lazy<SdkHttpClient> direct = lazy(scheme, withoutSources().build());
    if (properties.host() != null) {
      return new Ways(true, direct, lazy(scheme, ofProperties(scheme, properties)));
    }
    if (proxy == null) {
      return new Ways(false, direct, direct);
    }
    return new Ways(
        false,
        direct,
        lazy(
            scheme,
            withoutSources()
                .endpoint(proxy.url())
                .username(proxy.user())
                .password(proxy.password())
                .build()));
  }

  /**
   * The proxy of Java's properties, which is reached by http: the SDK takes the scheme of the
   * properties for that of the proxy too, and without a port uses none.
   */
  private static ProxyConfiguration ofProperties(String scheme, ProxyConfiguration properties) {
    int standard = scheme.equals("https") ? 443 : 80;
    int port = properties.port() > 0 ? properties.port() : standard;
    return withoutSources()
        .endpoint(URI.create("http://" + properties.host() + ":" + port))
        .username(properties.username())
        .password(properties.password())
        .nonProxyHosts(properties.nonProxyHosts())
        .build();
  }

  private static ProxyConfiguration.Builder withoutSources() {
    return ProxyConfiguration.builder()
        .useSystemPropertyValues(false)
        .useEnvironmentVariableValues(false);
  }

  private Lazy<SdkHttpClient> lazy(String scheme, ProxyConfiguration proxy) {
    return new Lazy<>(
        () -> {
          Apache5HttpClient.Builder builder = Apache5HttpClient.builder().proxyConfiguration(proxy);
          TrustManager[] trusted = scheme.equals("https") ? trust.get() : null;
          if (trusted != null) {
            builder.tlsTrustManagersProvider(() -> trusted);
          }
          return finish.apply(builder);
        });
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return way(request.httpRequest().getUri()).getValue().prepareRequest(request);
  }

  private Lazy<SdkHttpClient> way(URI endpoint) {
    Ways ways = endpoint.getScheme().equals("https") ? https : http;
    return ways.byProperties() || !variables.exempts(endpoint) ? ways.proxied() : ways.direct();
  }

  @Override
  public String clientName() {
    return "Apache5";
  }

  @Override
  public void close() {
    Stream.of(http.direct(), http.proxied(), https.direct(), https.proxied())
        .distinct()
        .filter(Lazy::hasValue)
        .forEach(way -> way.getValue().close());
  }
}
