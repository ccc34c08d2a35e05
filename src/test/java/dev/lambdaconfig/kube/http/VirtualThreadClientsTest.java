package dev.lambdaconfig.kube.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.BaseClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class VirtualThreadClientsTest {

  private static boolean handlesOnVirtualThread(boolean virtual) throws Exception {
    CompletableFuture<Thread> handler = new CompletableFuture<>();
    try (var client =
        new VirtualThreadClients(new ReadAhead(Runnable::run), WholeLists.NONE, virtual)
            .createNewHttpClientBuilder()
            .build()) {
      client.executor().orElseThrow().execute(() -> handler.complete(Thread.currentThread()));
      return handler.get(10, TimeUnit.SECONDS).isVirtual();
    }
  }

  @Test
  void handlesAnswersOnVirtualThreadsWhereTheseCanWait() throws Exception {
    assertThat(handlesOnVirtualThread(true)).isEqualTo(WaitingThreads.areVirtual());
    assertThat(handlesOnVirtualThread(false)).isFalse();
  }

  @Test
  void runsTasksOnVirtualThreadsUntilTheClientIsClosed() throws Exception {
    // Given
    CompletableFuture<Thread> task = new CompletableFuture<>();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.empty())
            .withTaskExecutorSupplier(VirtualThreadClients.tasks())
            .build();
    Executor tasks = client.adapt(BaseClient.class).getExecutor();
    tasks.execute(() -> task.complete(Thread.currentThread()));

    // When
    client.close();

    // Then
    assertThat(task.get(10, TimeUnit.SECONDS).isVirtual()).isEqualTo(WaitingThreads.areVirtual());
    assertThatThrownBy(() -> tasks.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  /** A token of OpenID Connect is refreshed by a client of its own. */
  @Test
  void theEndOfOneClientLeavesAnotherItsThreads() throws Exception {
    HttpClient.Factory factory =
        new VirtualThreadClients(new ReadAhead(Runnable::run), WholeLists.NONE, true);
    try (HttpClient client = factory.newBuilder().build()) {
      factory.newBuilder().build().close();

      assertThat(statusOfRequest(client)).isEqualTo(204);
    }
  }

  @Test
  void aClientAfterTheEndOfAllOthersHasThreads() throws Exception {
    HttpClient.Factory factory =
        new VirtualThreadClients(new ReadAhead(Runnable::run), WholeLists.NONE, true);
    factory.newBuilder().build().close();

    try (HttpClient client = factory.newBuilder().build()) {
      assertThat(statusOfRequest(client)).isEqualTo(204);
    }
  }

  private static int statusOfRequest(HttpClient client) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      return client
          .sendAsync(
              client
                  .newHttpRequestBuilder()
                  .uri("http://127.0.0.1:" + server.getAddress().getPort())
                  .build(),
              byte[].class)
          .get(10, TimeUnit.SECONDS)
          .code();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void endsOpenStreamsWithTheClient() throws Exception {
    // Given
    CompletableFuture<String> cut = new CompletableFuture<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server = endless(cut);
    server.setExecutor(threads);
    server.start();
    HttpClient.Factory factory =
        new VirtualThreadClients(new ReadAhead(Runnable::run), WholeLists.NONE, true);
    HttpClient client = factory.newBuilder().build();
    client
        .consumeBytes(
            client
                .newHttpRequestBuilder()
                .uri("http://127.0.0.1:" + server.getAddress().getPort())
                .build(),
            (part, body) -> body.consume())
        .get(10, TimeUnit.SECONDS)
        .body()
        .consume();

    try {
      // When
      client.close();

      // Then
      assertThat(cut.get(10, TimeUnit.SECONDS)).isNotNull();
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  /** A server that writes until the client is gone. */
  private static HttpServer endless(CompletableFuture<String> cut) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(new byte[8192]);
              body.flush();
            }
          } catch (IOException e) {
            cut.complete(String.valueOf(e));
          }
        });
    return server;
  }
}
