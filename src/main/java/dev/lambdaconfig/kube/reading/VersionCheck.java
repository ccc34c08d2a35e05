package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.lambdaconfig.api.StoredJson;
import dev.lambdaconfig.kube.ApiServerFailures;
import dev.lambdaconfig.kube.StoredReads;
import dev.lambdaconfig.timing.Backoff;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the API server has gone back in time: that its etcd was restored from a backup.
 *
 * <p>An informer then watches on from a version that the API server has not reached yet. The API
 * server accepts that and leaves out all events up to it, so that the informer sees nothing of what
 * is restored or edited, in a quiet cluster for days. A restore ends each watch. Therefore the
 * version of a list is compared with the one that a watch goes on from, each time that one begins:
 * one request of one item.
 */
public final class VersionCheck implements Interceptor {

  /** The name of this interceptor in a client. */
  public static final String NAME = "version-check";

  /** Told once that versions went back. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called where the API server has gone back.
     *
     * @param watched the version that a watch goes on from
     * @param stored the version that the API server has reached, which is lower
     */
    void wentBack(long watched, long stored);
  }

  /** The reader of lists, a few at a time: the one resource of a list can have megabytes. */
  @FunctionalInterface
  public interface Lists {

    /**
     * Reads a list, or returns null where the API server answers nothing.
     *
     * @param reader makes a small result of the text of the list
     */
    @Nullable Long read(String path, Function<String, @Nullable Long> reader);
  }

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String API = "/apis/";
  private static final String PATH_END = "/lambdafunctionconfigs";
  private static final Pattern VERSION =
      Pattern.compile("(?<=^|&)resourceVersion=(\\d{1,18})(?=$|&)");
  private static final JsonFactory JSON = StoredJson.factory();
  private static final Logger LOG = LoggerFactory.getLogger(VersionCheck.class);

  /** The delays after requests that were not answered: an API server that starts takes a while. */
  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Each watch is renewed within ten minutes, and checked again with it. */
  private static final int RETRIES = 10;

  /** No more are answered at a time, because no more {@linkplain StoredReads are read}. */
  private static final int MOST_AT_A_TIME = 4;

  /** The threads of the requests: those of the client must not wait for one another. */
  private static final Executor THREADS = threads();

  private final Timing timing;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile @Nullable Check check;

  private record Check(Lists lists, Listener listener) {}

  /** Creates an interceptor that does nothing yet. */
  public VersionCheck(Timing timing) {
    this.timing = timing;
  }

  /**
   * Checks each watch that begins from now on.
   *
   * @param lists reads by the client of this interceptor
   */
  public void start(Lists lists, Listener listener) {
    check = new Check(lists, listener);
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> body) {
    Check begun = check;
    OptionalLong version = watchedFrom(request);
    if (begun != null && version.isPresent() && isOpen(response)) {
      // A path before that of the API is the client's to add.
      String path = request.uri().getPath();
      String list = path.substring(path.indexOf(API)) + "?limit=1";
      THREADS.execute(() -> compare(begun, list, version.getAsLong(), 0));
    }
  }

  private static Executor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_AT_A_TIME,
            MOST_AT_A_TIME,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WaitingThreads.builder().name(NAME).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static boolean isOpen(HttpResponse<?> response) {
    return response.isSuccessful() || response.code() == SWITCHING_PROTOCOLS;
  }

  /** The version from which the operator's own resources are watched; none of other requests. */
  private static OptionalLong watchedFrom(HttpRequest request) {
    String query = request.uri().getRawQuery();
    String path = request.uri().getPath();
    if (query == null
        || !query.contains("watch=true")
        || !path.endsWith(PATH_END)
        || !path.contains(API)) {
      return OptionalLong.empty();
    }
    Matcher version = VERSION.matcher(query);
    return version.find()
        ? OptionalLong.of(Long.parseLong(version.group(1)))
        : OptionalLong.empty();
  }

  private void compare(Check begun, String list, long watched, int failures) {
    try {
      Long stored = begun.lists().read(list, VersionCheck::version);
      if (stored != null && stored < watched && told.compareAndSet(false, true)) {
        begun.listener().wentBack(watched, stored);
      }
    } catch (KubernetesClientException e) {
      if (ApiServerFailures.isPassing(e) && failures < RETRIES) {
        Duration delay = AFTER_FAILURE.delay(failures, timing.random().getAsDouble());
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, THREADS)
            .execute(() -> compare(begun, list, watched, failures + 1));
      } else {
        LOG.atDebug().addKeyValue("code", e.getCode()).log("versions could not be compared");
      }
    }
  }

  /** The version of a list, or null. Versions are opaque by contract and numbers in fact. */
  private static @Nullable Long version(String list) {
    try (JsonParser json = JSON.createParser(list)) {
      json.nextToken();
      String version =
          StoredJson.toMember(json, "metadata") && StoredJson.toMember(json, "resourceVersion")
              ? json.getText()
              : "";
      return version.matches("\\d{1,18}") ? Long.valueOf(version) : null;
    } catch (IOException e) {
      // It repeats what it read.
      LOG.debug("the list of one resource is no JSON");
      return null;
    }
  }
}
