package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.debug.StateSizes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The STS clients, one for each Region in which tenants have identities, with a connection pool
 * each. Calls by the token of a ServiceAccount are not signed, so the clients have no credentials.
 * The endpoint is the Region's own, or that of {@code AWS_ENDPOINT_URL_STS}.
 */
final class StsClients implements StateSizes.Source, AutoCloseable {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 32;

  /** A client and its connections. */
  private record Pooled(StsClient sts, SdkHttpClient http) {
    void close() {
      sts.close();
      http.close();
    }
  }

  private final Map<String, Pooled> clients = new ConcurrentHashMap<>();
  private final ServiceClients services;
  private final AwsCredentialsProvider own;

  /**
   * Creates no client yet.
   *
   * @param own the operator's own identity, for calls that are signed
   * @param endpoint another endpoint than AWS's own or the environment's, or null
   * @param timer the thread of the timeouts
   */
  StsClients(AwsCredentialsProvider own, @Nullable URI endpoint, ScheduledExecutorService timer) {
    this.own = own;
    this.services = new ServiceClients(endpoint, timer, CALL_TIMEOUT);
  }

  /** The client of a Region. */
  StsClient of(String region) {
    return clients.computeIfAbsent(region, this::create).sts();
  }

  /** The operator's own identity. */
  AwsCredentialsProvider own() {
    return own;
  }

  private Pooled create(String region) {
    SdkHttpClient http = services.http(CONNECTIONS);
    return new Pooled(
        services.client(
            StsClient.builder(), "XML", region, AnonymousCredentialsProvider.create(), http),
        http);
  }

  /** Closes the client of a Region. */
  void unused(String region) {
    Pooled unused = clients.remove(region);
    if (unused != null) {
      // Connections may take long to close, and a reconcile may be what calls this.
      Thread.ofVirtual().name("sts-client-close").start(unused::close);
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("StsClients.clients", clients.size());
  }

  @Override
  public void close() {
    clients.values().forEach(Pooled::close);
  }
}
