package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.WaitingThreads;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /** A client and its connections. The calls, and whether it is unused, are guarded by the map. */
  private static final class Pooled {
    private final StsClient sts;
    private final SdkHttpClient http;
    private int calls;
    private boolean unused;

    private Pooled(StsClient sts, SdkHttpClient http) {
      this.sts = sts;
      this.http = http;
    }

    private void close() {
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

  /** Makes a call by the client of a Region, which stays open until the call has ended. */
  <T> T call(String region, Function<StsClient, T> call) {
    Pooled client = begin(region);
    try {
      return call.apply(client.sts);
    } finally {
      change(region, called -> called.calls--);
    }
  }

  private Pooled begin(String region) {
    return clients.compute(
        region,
        (name, before) -> {
          Pooled client = before == null ? create(name) : before;
          client.calls++;
          // Whoever calls is another user, who leaves once more.
          client.unused = false;
          return client;
        });
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

  /** Closes the client of a Region, after its last call if any is under way. */
  void unused(String region) {
    change(region, left -> left.unused = true);
  }

  /** Changes the client of a Region, and closes it where nobody uses it any more. */
  private void change(String region, Consumer<Pooled> change) {
    AtomicReference<@Nullable Pooled> unused = new AtomicReference<>();
    clients.computeIfPresent(
        region,
        (name, client) -> {
          change.accept(client);
          if (!client.unused || client.calls > 0) {
            return client;
          }
          unused.set(client);
          return null;
        });
    Pooled closed = unused.get();
    if (closed != null) {
      // Connections may take long to close, and a reconcile may be what calls this.
      WaitingThreads.builder().name("sts-client-close").start(closed::close);
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
