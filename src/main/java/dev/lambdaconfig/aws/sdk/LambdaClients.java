package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.sdk.credentials.OwnCredentials;
import dev.lambdaconfig.aws.sdk.http.GetOnlyHttpClient;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.WaitingThreads;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The Lambda clients, one for each Region that is used, with common credentials and one thread for
 * their timeouts. Each has a connection pool of its own, so that a Region whose calls hang cannot
 * use up the connections of the others.
 *
 * <p>Credentials, endpoint and proxy come from the sources of every AWS tool: environment, profile,
 * web identity, Pod Identity; {@code AWS_ENDPOINT_URL} and {@code AWS_ENDPOINT_URL_LAMBDA}.
 */
public final class LambdaClients implements StateSizes.Source, AutoCloseable {

  /** The longest that a call, and so a worker, can take. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  /** More connections than a Region may have calls under way, so that no call waits for one. */
  private static final int CONNECTIONS = 64;

  /** The time within which a Region that is used again keeps its client. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(LambdaClients.class);

  /** A client and its connections. The number of its calls is guarded by the map. */
  private static final class Pooled {
    private final LambdaClient lambda;
    private final SdkHttpClient http;
    private int calls;

    private Pooled(LambdaClient lambda, SdkHttpClient http) {
      this.lambda = lambda;
      this.http = http;
    }

    private void close() {
      lambda.close();
      http.close();
    }
  }

  private final Map<String, Pooled> clients = new ConcurrentHashMap<>();
  private final AwsCredentialsProvider credentials;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("aws-call-limits").daemon().factory());

  private final ServiceClients services;
  private final UnaryOperator<SdkHttpClient> restriction;
  private final StsClients sts;

  /** The Regions whose clients stay open between two calls. */
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  /**
   * Creates no client yet.
   *
   * @param credentials the identity of all calls that name no other; closed with the clients
   * @param endpoint another endpoint than AWS's own or the environment's, or null
   */
  public LambdaClients(AwsCredentialsProvider credentials, @Nullable URI endpoint) {
    this(credentials, endpoint, UnaryOperator.identity());
  }

  private LambdaClients(
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint,
      UnaryOperator<SdkHttpClient> restriction) {
    this.credentials = credentials;
    this.restriction = restriction;
    timer.setRemoveOnCancelPolicy(true);
    this.services = new ServiceClients(endpoint, timer, CALL_TIMEOUT);
    this.sts = new StsClients(credentials, endpoint, timer);
  }

  /** Clients with {@linkplain OwnCredentials the operator's own} and the environment's endpoint. */
  public static LambdaClients fromEnvironment() {
    return new LambdaClients(new OwnCredentials(), null);
  }

  /**
   * Clients that can only read.
   *
   * @param endpoint another endpoint than AWS's own or the environment's, or null
   */
  public static LambdaClients onlyReading(
      AwsCredentialsProvider credentials, @Nullable URI endpoint) {
    return new LambdaClients(credentials, endpoint, GetOnlyHttpClient::new);
  }

  /**
   * The same with {@linkplain OwnCredentials the operator's own} and the environment's endpoint.
   */
  public static LambdaClients onlyReading() {
    return onlyReading(new OwnCredentials(), null);
  }

  /**
   * Creates the client of a Region ahead of the first call.
   *
   * @throws SdkException with what to correct, if the SDK cannot use its configuration
   */
  public void open(String region) {
    clients.computeIfAbsent(region, this::create);
  }

  /**
   * Creates the client of a Region and fetches credentials ahead of the first call, which would
   * otherwise wait for both. That call also reports what is missing or wrong.
   */
  public void prepare(String region) {
    try {
      open(region);
      requireCredentials();
    } catch (SdkException e) {
      LOG.debug("not prepared: {}", e.getClass());
    }
  }

  /** Keeps the client of a Region from now on. */
  public void keep(String region) {
    kept.add(region);
  }

  /** Closes the client of a Region soon after its last call, unless it is used again by then. */
  public void closeUnused(String region) {
    kept.remove(region);
    closeSoon(region);
  }

  private void closeSoon(String region) {
    try {
      // Nothing is lost with the future: no exception leaves the task.
      var unused =
          timer.schedule(() -> closeIfUnused(region), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("all clients are already closed");
    }
  }

  private void closeIfUnused(String region) {
    Pooled[] unused = new Pooled[1];
    clients.computeIfPresent(
        region,
        (name, client) -> {
          if (client.calls > 0 || kept.contains(name)) {
            return client;
          }
          unused[0] = client;
          return null;
        });
    if (unused[0] != null) {
      // Connections may take long to close, and the timeouts of all clients need this thread.
      WaitingThreads.builder().name("aws-client-close").start(unused[0]::close);
    }
  }

  /** The clients of STS, which share the timeouts and the endpoint, and are closed with these. */
  StsClients sts() {
    return sts;
  }

  /** The Regions that have a client. */
  public Set<String> regions() {
    return Set.copyOf(clients.keySet());
  }

  /** Makes a call by the client of a Region, which stays open until the call has ended. */
  <T> T call(String region, Function<LambdaClient, T> call) {
    Pooled client = begin(region);
    try {
      return call.apply(client.lambda);
    } finally {
      end(region);
    }
  }

  private Pooled begin(String region) {
    return clients.compute(
        region,
        (name, before) -> {
          Pooled client = before == null ? create(name) : before;
          client.calls++;
          return client;
        });
  }

  private void end(String region) {
    boolean[] last = new boolean[1];
    clients.computeIfPresent(
        region,
        (name, client) -> {
          client.calls--;
          last[0] = client.calls == 0;
          return client;
        });
    if (last[0] && !kept.contains(region)) {
      // The last caller of the Region left while the call was under way.
      closeSoon(region);
    }
  }

  /**
   * Fetches credentials, unless those at hand are still valid.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if there are none
   */
  void requireCredentials() {
    var unused = ServiceClients.configured(credentials::resolveCredentials);
  }

  private Pooled create(String region) {
    SdkHttpClient http = restriction.apply(services.http(CONNECTIONS));
    return new Pooled(
        services.client(LambdaClient.builder(), "JSON", region, credentials, http), http);
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("LambdaClients.clients", clients.size());
    sizes.add("LambdaClients.kept", kept.size());
    sizes.add("LambdaClients.timer", timer.getQueue().size());
  }

  @Override
  public void close() {
    clients.values().forEach(Pooled::close);
    sts.close();
    timer.shutdownNow();
    if (credentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
