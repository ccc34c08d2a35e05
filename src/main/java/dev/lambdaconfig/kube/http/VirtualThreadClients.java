package dev.lambdaconfig.kube.http;

import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Creates the HTTP clients of one Kubernetes client, which handle answers on virtual threads, and
 * the threads for its tasks. By default each client has pools of platform threads, of which a burst
 * creates dozens, with 100 KB of stack each.
 *
 * <p>Before Java 24 they have those pools, because virtual threads {@linkplain WaitingThreads may
 * not wait} there.
 *
 * <p>They answer with {@linkplain WholeLists whole lists} and with pages that were {@linkplain
 * ReadAhead requested before}.
 */
public final class VirtualThreadClients extends JdkHttpClientFactory {

  /**
   * Returns the threads for the tasks of a client, a virtual one for each, or null on a Java that
   * needs the client's own pool. An informer makes a task of each event, and each task starts the
   * next one: in a pool, that wakes another platform thread for each event.
   */
  public static KubernetesClientBuilder.@Nullable ExecutorSupplier tasks() {
    return WaitingThreads.areVirtual() ? new VirtualTasks() : null;
  }

  private static final class VirtualTasks implements KubernetesClientBuilder.ExecutorSupplier {

    @Override
    public Executor get() {
      return WaitingThreads.perTask("kubernetes-client");
    }

    @Override
    public void onClose(Executor executor) {
      ((ExecutorService) executor).shutdownNow();
    }
  }

  /**
   * The threads of all clients that are open. A token of OpenID Connect is refreshed by a client of
   * its own, whose end must leave the others theirs.
   */
  private static final class Answers {

    private int clients;
    private @Nullable ExecutorService threads;

    synchronized Executor threads() {
      ExecutorService shared = threads;
      if (shared == null) {
        shared = WaitingThreads.perTask("kubernetes-http");
        threads = shared;
      }
      return shared;
    }

    synchronized void opened() {
      clients++;
    }

    /** Ends the streams that are open, too, with the last client. */
    synchronized void close() {
      clients--;
      if (clients == 0 && threads != null) {
        threads.shutdownNow();
        threads = null;
      }
    }
  }

  private final Answers answers = new Answers();
  private final ReadAhead ahead;
  private final WholeLists lists;
  private final boolean virtual;

  /** Creates a factory for one Kubernetes client. */
  public VirtualThreadClients(ReadAhead ahead, WholeLists lists) {
    this(ahead, lists, WaitingThreads.areVirtual());
  }

  VirtualThreadClients(ReadAhead ahead, WholeLists lists, boolean virtual) {
    this.ahead = ahead;
    this.lists = lists;
    this.virtual = virtual;
  }

  @Override
  protected HttpClient.Builder createNewHttpClientBuilder() {
    HttpClient.Builder builder =
        virtual
            ? HttpClient.newBuilder().executor(answers.threads())
            : super.createNewHttpClientBuilder();
    return new ReadAheadClientBuilder(builder, ahead, lists, answers::opened);
  }

  @Override
  protected void closeHttpClient(JdkHttpClientImpl client) {
    if (virtual) {
      answers.close();
    } else {
      super.closeHttpClient(client);
    }
  }
}
