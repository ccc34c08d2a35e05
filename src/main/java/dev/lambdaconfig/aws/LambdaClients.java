package dev.lambdaconfig.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;

/**
 * One Lambda client a Region, all with one set of credentials. Each has a connection pool of its
 * own, so that a Region whose calls hang cannot use up the connections of the others.
 *
 * <p>Credentials, endpoint and proxy come from where every AWS tool takes them: environment,
 * profile, web identity, Pod Identity; {@code AWS_ENDPOINT_URL} and {@code
 * AWS_ENDPOINT_URL_LAMBDA}.
 */
public final class LambdaClients implements AutoCloseable {

  /** No call takes longer: a worker waits for one call at most. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

  /** More than the request budget lets be under way at a time, so that no call waits for one. */
  private static final int CONNECTIONS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(LambdaClients.class);

  private final Map<String, LambdaClient> clients = new ConcurrentHashMap<>();
  private final AwsCredentialsProvider credentials;
  private final Queue<SdkHttpClient> pools = new ConcurrentLinkedQueue<>();
  private final @Nullable URI endpoint;

  /**
   * Creates no client yet.
   *
   * @param credentials whom to act as
   * @param endpoint another endpoint than AWS's own or the environment's, or null
   */
  public LambdaClients(AwsCredentialsProvider credentials, @Nullable URI endpoint) {
    this.credentials = credentials;
    this.endpoint = endpoint;
  }

  /** Clients with the default credentials chain and the environment's endpoint. */
  public static LambdaClients fromEnvironment() {
    return new LambdaClients(DefaultCredentialsProvider.builder().build(), null);
  }

  /**
   * Creates the client of a Region and fetches credentials ahead of the first call, which would
   * else wait for that. What is missing or wrong is told by that call.
   */
  public void prepare(String region) {
    try {
      in(region);
      requireCredentials();
    } catch (SdkException e) {
      LOG.debug("not prepared: {}", e.getClass());
    }
  }

  /** The client of a Region. */
  LambdaClient in(String region) {
    return clients.computeIfAbsent(region, this::create);
  }

  /**
   * Fetches credentials, or takes those that are still good.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if there are none
   */
  void requireCredentials() {
    credentials.resolveCredentials();
  }

  private LambdaClient create(String region) {
    SdkHttpClient http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECTION_TIMEOUT)
            .socketTimeout(CALL_TIMEOUT)
            .expectContinueEnabled(false)
            .build();
    pools.add(http);
    LambdaClientBuilder builder =
        LambdaClient.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .httpClient(http)
            .overrideConfiguration(
                configuration ->
                    configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(CALL_TIMEOUT));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  @Override
  public void close() {
    clients.values().forEach(LambdaClient::close);
    pools.forEach(SdkHttpClient::close);
  }
}
