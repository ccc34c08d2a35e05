package dev.lambdaconfig.kube.reading;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Creates the HTTP clients of one Kubernetes client, which handle answers on virtual threads. By
 * default each client has a pool of platform threads, of which a burst creates dozens, with 100 KB
 * of stack each.
 *
 * <p>Before Java 24 they have that pool: a virtual thread that waits within {@code synchronized}
 * keeps its carrier there, and where all do, nobody handles the answer that they wait for.
 */
final class VirtualThreadClients extends JdkHttpClientFactory {

  private static final int WITHOUT_PINNING = 24;

  private final ExecutorService answers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kubernetes-http").factory());

  private final boolean virtual;

  VirtualThreadClients() {
    this(Runtime.version().feature());
  }

  VirtualThreadClients(int java) {
    this.virtual = java >= WITHOUT_PINNING;
  }

  @Override
  protected HttpClient.Builder createNewHttpClientBuilder() {
    return virtual ? HttpClient.newBuilder().executor(answers) : super.createNewHttpClientBuilder();
  }

  /** Ends the streams that are open, too. */
  @Override
  protected void closeHttpClient(JdkHttpClientImpl client) {
    if (virtual) {
      answers.shutdownNow();
    } else {
      super.closeHttpClient(client);
    }
  }
}
