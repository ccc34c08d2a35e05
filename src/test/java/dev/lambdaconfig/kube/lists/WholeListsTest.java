package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.arrived;
import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static dev.lambdaconfig.kube.lists.ListingClient.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.kube.http.PageServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are read at once in the place of their first page, and what happens if that fails. */
final class WholeListsTest {

  private static final String PATH = ListingClient.path("team-a");
  private static final String ALL = list("", "a", "b", "c");
  private static final String FIRST = list("\"continue\":\"second\",", "a", "b");

  private final PageServer server = new PageServer();
  private final ListingClient client = ListingClient.atOnce(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void theFirstListIsReadAtOnceAndLaterOnesInPages() throws Exception {
    // When
    var first = client.listed("team-a");
    server.next().answer(200, ALL);

    // Then
    assertThat(names(first)).containsExactly("a", "b", "c");
    assertThat(server.requests()).containsExactly("GET " + PATH);
    assertThat(client.kept()).isZero();

    // And when
    var second = client.listed("team-a");
    server.next().answer(200, ALL);

    // Then
    assertThat(names(second)).containsExactly("a", "b", "c");
    assertThat(server.requests()).last().isEqualTo("GET " + PATH + "?limit=100");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 150, 250})
  void aListThatBreaksOffIsReadInPages(int after) throws Exception {
    // Given
    var first = client.listed("team-a");
    server.next().breakOff(ALL.substring(0, after));

    // When
    server.next().answer(200, FIRST);

    // Then
    assertThat(names(first)).containsExactly("a", "b");
    assertThat(server.requests()).element(1).isEqualTo("GET " + PATH + "?limit=20");
    assertThat(client.kept()).isZero();
    assertThat(server.next().has("continue=second")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 410, 429, 500, 504})
  void aListThatIsRefusedIsReadInPages(int status) throws Exception {
    var first = client.listed("team-a");
    server.next().answer(status, "no");

    server.next().answer(200, FIRST);

    assertThat(names(first)).containsExactly("a", "b");
    assertThat(server.requests()).element(1).isEqualTo("GET " + PATH + "?limit=100");
  }

  @Test
  void aListWhosePageIsForbiddenFails() throws Exception {
    var first = client.listed("team-a");
    server.next().breakOff(ALL.substring(0, 150));

    server.next().answer(403, "no");

    assertThatThrownBy(() -> names(first)).hasStackTraceContaining("was answered with 403");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 150, 250})
  void aListThatEndsEarlyIsReadInPages(int after) throws Exception {
    var first = client.listed("team-a");
    server.next().answer(200, ALL.substring(0, after));

    server.next().answer(200, FIRST);

    assertThat(names(first)).containsExactly("a", "b");
  }

  @Test
  void aVersionCheckReadsOneItem() throws Exception {
    CompletableFuture<String> one = client.raw(PATH + "?limit=1");

    server.next().answer(200, FIRST);

    assertThat(arrived(one)).contains("second");
    assertThat(server.requests()).containsExactly("GET " + PATH + "?limit=1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 33})
  void olderServersAreAskedForPages(int minor) throws Exception {
    client.adapt(new ServerVersion(1, minor));
    var first = client.listed("team-a");

    server.next().answer(200, FIRST);

    assertThat(names(first)).hasSize(2);
    assertThat(server.requests()).first().isEqualTo("GET " + PATH + "?limit=100");
  }
}
