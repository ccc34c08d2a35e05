package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.arrived;
import static dev.lambdaconfig.kube.lists.ListingClient.item;
import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.kube.http.PageServer;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of a client that is closed while they are read at once. */
final class WholeListClosedTest {

  private static final String PATH = ListingClient.path("team-a");
  private static final String ALL = list("", "a", "b", "c");
  private static final String BEGIN = ALL.substring(0, ALL.indexOf(']')) + ",";

  private final PageServer server = new PageServer();
  private final ListingClient client = ListingClient.atOnce(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** The body of a list, as the client has it once its head has come. */
  private AsyncBody arriving() throws Exception {
    HttpClient http = client.client().getHttpClient();
    return arrived(
            http.consumeBytes(
                http.newHttpRequestBuilder().uri(server.url() + PATH + "?limit=500").build(),
                (part, body) -> body.consume()))
        .body();
  }

  @Test
  void aListThatArrivesFails() throws Exception {
    // Given
    CompletableFuture<Void> later = new CompletableFuture<>();
    CompletableFuture<IOException> cut = new CompletableFuture<>();
    server.answerAll(
        request -> {
          var unused =
              request
                  .answerWithoutEnd(200, BEGIN, later, item("more") + ",")
                  .thenAccept(cut::complete);
        });
    AsyncBody body = arriving();
    body.consume();

    // When
    client.close();
    later.complete(null);

    // Then
    assertThatThrownBy(() -> arrived(body.done())).isInstanceOf(ExecutionException.class);
    assertThat(arrived(cut)).isInstanceOf(IOException.class);
    assertThat(server.requests()).containsExactly("GET " + PATH);
    assertThat(client.kept()).isZero();
  }

  @Test
  void aListThatBrokeOffFailsAndItsPageIsNotRequestedAgain() throws Exception {
    // Given
    var first = client.listed("team-a");
    server.next().breakOff(BEGIN);
    arrived(server.next().refuseWithoutEnd(503, 5));

    // When
    client.close();

    // Then
    assertThatThrownBy(() -> arrived(first)).isInstanceOf(ExecutionException.class);
    assertThat(server.requests()).containsExactly("GET " + PATH, "GET " + PATH + "?limit=20");
    assertThat(client.kept()).isZero();
  }
}
