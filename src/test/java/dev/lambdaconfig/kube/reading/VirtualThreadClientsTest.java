package dev.lambdaconfig.kube.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class VirtualThreadClientsTest {

  @Test
  void handlesAnswersOnVirtualThreads() throws Exception {
    // Given
    CompletableFuture<Thread> handler = new CompletableFuture<>();
    try (HttpClient client = new VirtualThreadClients().createNewHttpClientBuilder().build()) {

      // When
      client.executor().orElseThrow().execute(() -> handler.complete(Thread.currentThread()));

      // Then
      assertThat(handler.get(10, TimeUnit.SECONDS).isVirtual()).isTrue();
    }
  }
}
