package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.debug.StateSizes;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/**
 * The STS clients, one for each Region in which ServiceAccounts are used, with a connection pool
 * each. Their one call is not signed, so they need no credentials. The endpoint is the Region's
 * own, or that of {@code AWS_ENDPOINT_URL_STS}.
 */
final class StsClients implements StateSizes.Source, AutoCloseable {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
  private static final int CONNECTIONS = 32;

  /** A client and its connections. */
  private record Pooled(StsClient sts, SdkHttpClient http) {
    void close() {
      sts.close();
      http.close();
    }
  }

  private final Map<String, Pooled> clients = new ConcurrentHashMap<>();
  private final @Nullable URI endpoint;
  private final ScheduledExecutorService timer;

  /**
   * Creates no client yet.
   *
   * @param endpoint another endpoint than AWS's own or the environment's, or null
   * @param timer the thread of the timeouts
   */
  StsClients(@Nullable URI endpoint, ScheduledExecutorService timer) {
    this.endpoint = endpoint;
    this.timer = timer;
  }

  /** The client of a Region. */
  StsClient of(String region) {
    return clients.computeIfAbsent(region, this::create).sts();
  }

  private Pooled create(String region) {
    SdkHttpClient http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECTION_TIMEOUT)
            .socketTimeout(CALL_TIMEOUT)
            .expectContinueEnabled(false)
            .build();
    StsClientBuilder builder =
        StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(http)
            .overrideConfiguration(
                configuration ->
                    configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .scheduledExecutorService(timer)
                        .apiCallTimeout(CALL_TIMEOUT));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return new Pooled(builder.build(), http);
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
