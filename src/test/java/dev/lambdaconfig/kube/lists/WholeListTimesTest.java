package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.arrived;
import static dev.lambdaconfig.kube.lists.ListingClient.item;
import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static dev.lambdaconfig.kube.lists.ListingClient.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.http.PageServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that a list has to be read at once, and the pages that it is read in afterwards. */
final class WholeListTimesTest {

  private static final String PATH = ListingClient.path("team-a");
  private static final String FIRST = list("\"continue\":\"second\",", "a", "b");
  private static final String ALL = list("", "a", "b", "c");
  private static final String BEGIN = ALL.substring(0, ALL.indexOf(']')) + ",";
  private static final Duration SHORT = Duration.ofMillis(300);

  /** A budget for a head in which the request is sent for sure. */
  private static final Duration HEAD = Duration.ofSeconds(2);

  private final PageServer server = new PageServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aListWhoseHeadDoesNotComeIsEndedAndReadInPages() throws Exception {
    // Given
    try (var client = ListingClient.atOnce(server.url(), HEAD, ListingClient.AMPLE)) {
      connected(client);
      var first = client.listed("team-a");
      PageServer.Arrived unanswered = server.next();

      // When
      PageServer.Arrived page = server.next();
      page.answer(200, FIRST);

      // Then
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(page.uri()).hasToString(PATH + "?limit=100");
      assertThat(arrived(unanswered.answerWithoutEnd())).isInstanceOf(IOException.class);
      assertThat(client.kept()).isZero();
    }
  }

  /** Exchanges a request, so that the next one needs neither connection nor classes. */
  private void connected(ListingClient client) throws Exception {
    CompletableFuture<String> version = client.raw("/version");
    server.next().answer(200, "{}");
    arrived(version);
  }

  @Test
  void aClientWithAShortTimeoutHasTimeForThePage() throws Exception {
    // Given
    try (var client = ListingClient.impatient(server.url(), 3_000)) {
      connected(client);
      var first = client.listed("team-a");
      PageServer.Arrived unanswered = server.next();

      // When
      server.next().answer(200, FIRST);

      // Then
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(arrived(unanswered.answerWithoutEnd())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPageThatIsNotAnsweredEitherIsRequestedAgain() throws Exception {
    // Given
    try (var client = ListingClient.repeating(server.url(), 5_000)) {
      connected(client);
      var first = client.listed("team-a");
      PageServer.Arrived list = server.next();
      PageServer.Arrived page = server.next();

      // When
      PageServer.Arrived again = server.next();
      again.answer(200, FIRST);

      // Then
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(page.uri().getQuery()).startsWith("limit=");
      assertThat(again.uri().getQuery()).startsWith("limit=");
      assertThat(arrived(list.answerWithoutEnd())).isInstanceOf(IOException.class);
      assertThat(arrived(page.answerWithoutEnd())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aListThatStallsIsEndedAndReadInPages() throws Exception {
    // Given
    try (var client = ListingClient.atOnce(server.url(), ListingClient.AMPLE, SHORT)) {
      var first = client.listed("team-a");
      CompletableFuture<Void> goOn = new CompletableFuture<>();
      CompletableFuture<IOException> cut = server.next().answerWithoutEnd(200, BEGIN, goOn, " ");

      // When
      PageServer.Arrived page = server.next();
      page.answer(200, FIRST);

      // Then
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(page.uri()).hasToString(PATH + "?limit=20");
      goOn.complete(null);
      assertThat(arrived(cut)).isInstanceOf(IOException.class);
      assertThat(client.kept()).isZero();
    }
  }

  @Test
  void aListThatNeverEndsIsEndedAndReadInPages() throws Exception {
    // Given
    try (var client = ListingClient.atOnce(server.url(), ListingClient.AMPLE, SHORT)) {
      var first = client.listed("team-a");
      CompletableFuture<IOException> cut =
          server.next().answerWithoutEnd(200, BEGIN, item("more") + ",");

      // When
      PageServer.Arrived page = server.next();
      page.answer(200, FIRST);

      // Then
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(page.uri()).hasToString(PATH + "?limit=20");
      assertThat(arrived(cut)).isInstanceOf(IOException.class);
      assertThat(client.kept()).isZero();
    }
  }

  @Test
  void aListThatEndsButWhoseAnswerDoesNotIsEndedAndReadInPages() throws Exception {
    // Given
    try (var client = ListingClient.atOnce(server.url(), ListingClient.AMPLE, SHORT)) {
      var first = client.listed("team-a");
      CompletableFuture<Void> goOn = new CompletableFuture<>();
      CompletableFuture<IOException> cut = server.next().answerWithoutEnd(200, ALL, goOn, " ");

      // When
      server.next().answer(200, FIRST);

      // Then
      assertThat(names(first)).containsExactly("a", "b");
      goOn.complete(null);
      assertThat(arrived(cut)).isInstanceOf(IOException.class);
      assertThat(client.kept()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 504})
  void laterListsOfAPathThatWasRefusedAreReadInPages(int status) throws Exception {
    // Given
    try (var client = ListingClient.atOnce(server)) {
      var first = client.listed("team-a");
      server.next().answer(status, "no");
      server.next().answer(200, FIRST);
      assertThat(names(first)).containsExactly("a", "b");
      assertThat(server.next().has("continue=second")).isTrue();

      // When
      var second = client.listed("team-a");
      PageServer.Arrived page = server.next();
      page.answer(200, ALL);

      // Then
      assertThat(names(second)).hasSize(3);
      assertThat(page.uri()).hasToString(PATH + "?limit=100");
    }
  }
}
