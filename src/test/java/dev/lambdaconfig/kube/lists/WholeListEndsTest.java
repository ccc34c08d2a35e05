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

/** Lists that nobody wants any more while they are read at once. */
final class WholeListEndsTest {

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

  /** The body of a list that arrives, as the client has it once its head has come. */
  private AsyncBody arriving(CompletableFuture<?> arrives) throws Exception {
    HttpClient http = client.client().getHttpClient();
    return arrived(
            http.consumeBytes(
                http.newHttpRequestBuilder().uri(server.url() + PATH + "?limit=500").build(),
                (part, body) -> {
                  arrives.complete(null);
                  body.consume();
                }))
        .body();
  }

  @Test
  void aListThatIsCancelledIsEndedAndNothingIsRequestedAfterwards() throws Exception {
    // Given
    CompletableFuture<IOException> cut = new CompletableFuture<>();
    server.answerAll(
        request -> {
          var unused =
              request.answerWithoutEnd(200, BEGIN, item("more") + ",").thenAccept(cut::complete);
        });
    AsyncBody body = arriving(new CompletableFuture<>());
    body.consume();

    // When
    body.cancel();

    // Then
    assertThat(arrived(cut)).isInstanceOf(IOException.class);
    server.answerAll(request -> request.answer(200, "{}"));
    assertThat(arrived(client.raw("/version"))).isEqualTo("{}");
    assertThat(server.requests()).containsExactly("GET " + PATH, "GET /version");
    assertThat(client.kept()).isZero();
  }

  @Test
  void aListThatIsCancelledBeforeItIsReadIsEnded() throws Exception {
    // Given
    CompletableFuture<IOException> cut = new CompletableFuture<>();
    server.answerAll(
        request -> {
          var unused = request.answerWithoutEnd(200, BEGIN, " ").thenAccept(cut::complete);
        });

    // When
    arriving(new CompletableFuture<>()).cancel();

    // Then
    assertThat(arrived(cut)).isInstanceOf(IOException.class);
    server.answerAll(request -> request.answer(200, "{}"));
    assertThat(arrived(client.raw("/version"))).isEqualTo("{}");
    assertThat(server.requests()).containsExactly("GET " + PATH, "GET /version");
  }

  @Test
  void aPageThatIsCancelledAfterAListBrokeOffIsEnded() throws Exception {
    // Given
    CompletableFuture<Void> arrives = new CompletableFuture<>();
    CompletableFuture<AsyncBody> body =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return arriving(arrives);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    server.next().breakOff(BEGIN);
    arrived(body).consume();
    CompletableFuture<IOException> cut = server.next().answerWithoutEnd(200, BEGIN, " ");
    arrived(arrives);

    // When
    arrived(body).cancel();

    // Then
    assertThat(arrived(cut)).isInstanceOf(IOException.class);
    assertThat(server.requests()).containsExactly("GET " + PATH, "GET " + PATH + "?limit=20");
  }

  @Test
  void aListWhoseHeadComesAfterTheClientWasClosedFails() throws Exception {
    // Given
    var first = client.listed("team-a");
    PageServer.Arrived whole = server.next();

    // When
    client.close();
    whole.answer(200, ALL);

    // Then
    assertThatThrownBy(() -> arrived(first)).isInstanceOf(ExecutionException.class);
    assertThat(server.requests()).containsExactly("GET " + PATH);
    assertThat(client.kept()).isZero();
  }
}
