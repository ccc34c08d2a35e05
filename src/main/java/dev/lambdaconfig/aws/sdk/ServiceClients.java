package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.sdk.answer.UnreadableAnswers;
import dev.lambdaconfig.aws.sdk.http.BoundedHttpClient;
import dev.lambdaconfig.aws.sdk.http.ProxiedHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The settings that the clients of all services have in common: one attempt for each call, because
 * the limiter counts attempts, and a bound on its time.
 *
 * @param endpoint another endpoint than AWS's own or the environment's, or null
 * @param timer the one thread of all timeouts: the default is five threads for each client
 * @param callTimeout the longest that a call can take
 * @param environment the variables that name proxies
 */
record ServiceClients(
    @Nullable URI endpoint,
    ScheduledExecutorService timer,
    Duration callTimeout,
    Map<String, String> environment) {

  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);

  /**
   * The most bytes of an answer. A list has 50 functions, of at most some 20 kB each; what is read
   * of the shortest items can take 15 times as much memory.
   */
  private static final int LONGEST_ANSWER = 2_000_000;

  /** The settings with the proxies of the environment. */
  ServiceClients(@Nullable URI endpoint, ScheduledExecutorService timer, Duration callTimeout) {
    this(endpoint, timer, callTimeout, System.getenv());
  }

  /** The variables hold passwords of proxies. */
  @Override
  public String toString() {
    return "ServiceClients[" + endpoint + "]";
  }

  /** Creates a connection pool, which its owner closes. */
  SdkHttpClient http(int connections) {
    return new BoundedHttpClient(
        new ProxiedHttpClient(
            environment,
            builder ->
                builder
                    .maxConnections(connections)
                    .connectionTimeout(CONNECTION_TIMEOUT)
                    .socketTimeout(callTimeout)
                    .expectContinueEnabled(false)
                    .build()),
        LONGEST_ANSWER);
  }

  /**
   * Builds the client of a service in a Region, over a connection pool.
   *
   * @param format the format that the service answers in
   */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder,
      String format,
      String region,
      AwsCredentialsProvider credentials,
      SdkHttpClient http) {
    builder
        .region(Region.of(region))
        // A client closes its provider with itself, and this one is that of all clients.
        .credentialsProvider(() -> credentials.resolveCredentials())
        .httpClient(http)
        .overrideConfiguration(
            configuration ->
                configuration
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .addExecutionInterceptor(new UnreadableAnswers(format))
                    .scheduledExecutorService(timer)
                    .apiCallTimeout(callTimeout));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return configured(builder::build);
  }

  /**
   * Reads the configuration of the SDK, of which it throws whatever a parser threw.
   *
   * @throws SdkClientException with what to correct, if the SDK cannot use the configuration
   */
  static <T> T configured(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (SdkException e) {
      throw e;
    } catch (RuntimeException e) {
      throw SdkClientException.create(
          "the AWS SDK cannot use its configuration ("
              + e.getMessage()
              + "): correct the environment variables that begin with AWS_, or the files of"
              + " AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, by default in ~/.aws",
          e);
    }
  }
}
