package dev.lambdaconfig.kube.http;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Builds a client as another builder does, and makes it a {@link ReadAheadClient}. */
final class ReadAheadClientBuilder implements HttpClient.Builder {

  private final HttpClient.Builder builder;
  private final ReadAhead ahead;
  private final WholeLists lists;
  private final Runnable onBuilt;

  ReadAheadClientBuilder(
      HttpClient.Builder builder, ReadAhead ahead, WholeLists lists, Runnable onBuilt) {
    this.builder = builder;
    this.ahead = ahead;
    this.lists = lists;
    this.onBuilt = onBuilt;
  }

  private HttpClient.Builder with(UnaryOperator<HttpClient.Builder> setting) {
    HttpClient.Builder unused = setting.apply(builder);
    return this;
  }

  @Override
  public HttpClient build() {
    HttpClient client = builder.build();
    onBuilt.run();
    ahead.connect(client);
    return new ReadAheadClient(client, ahead, lists);
  }

  @Override
  public HttpClient.Builder cookieHandler(CookieHandler handler) {
    return with(to -> to.cookieHandler(handler));
  }

  @Override
  public HttpClient.Builder connectTimeout(Duration duration) {
    return with(to -> to.connectTimeout(duration));
  }

  @Override
  public HttpClient.Builder sslContext(SSLContext context) {
    return with(to -> to.sslContext(context));
  }

  @Override
  public HttpClient.Builder sslParameters(SSLParameters parameters) {
    return with(to -> to.sslParameters(parameters));
  }

  @Override
  public HttpClient.Builder executor(Executor executor) {
    return with(to -> to.executor(executor));
  }

  @Override
  public HttpClient.Builder followRedirects(Redirect policy) {
    return with(to -> to.followRedirects(policy));
  }

  @Override
  public HttpClient.Builder version(Version version) {
    return with(to -> to.version(version));
  }

  @Override
  public HttpClient.Builder priority(int priority) {
    return with(to -> to.priority(priority));
  }

  @Override
  public HttpClient.Builder proxy(ProxySelector selector) {
    return with(to -> to.proxy(selector));
  }

  @Override
  public HttpClient.Builder authenticator(Authenticator authenticator) {
    return with(to -> to.authenticator(authenticator));
  }

  @Override
  public HttpClient.Builder localAddress(InetAddress address) {
    return with(to -> to.localAddress(address));
  }
}
