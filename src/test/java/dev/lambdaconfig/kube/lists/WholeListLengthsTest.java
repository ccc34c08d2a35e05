package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static dev.lambdaconfig.kube.lists.ListingClient.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.http.PageServer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lengths of pages after a list that was read at once has broken off. */
final class WholeListLengthsTest {

  private static final String PATH = ListingClient.path("team-a");

  private final PageServer server = new PageServer();
  private final ListingClient client = ListingClient.atOnce(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static String page(String metadata, int items) {
    return list(metadata, IntStream.range(0, items).mapToObj(i -> "n" + i).toArray(String[]::new));
  }

  private static String beginning() {
    String page = page("", 3);
    return page.substring(0, page.indexOf(']'));
  }

  @BeforeEach
  void aListBreaksOff() throws Exception {
    var first = client.listed("team-a");
    server.next().breakOff(beginning());
    PageServer.Arrived page = server.next();
    assertThat(page.has("limit=20")).isTrue();
    page.answer(200, page("\"continue\":\"second\",", 20));
    assertThat(names(first)).hasSize(20);
  }

  @Test
  void theNextPageOfTheListGrowsFrom20() throws Exception {
    PageServer.Arrived next = server.next();

    assertThat(next.has("continue=second")).isTrue();
    assertThat(next.has("limit=40")).as("%s", next.uri()).isTrue();
  }

  @Test
  void theNextListOfThePathGrowsFrom20() throws Exception {
    assertThat(server.next().has("continue=second")).isTrue();

    var second = client.listed("team-a");
    PageServer.Arrived page = server.next();
    page.answer(200, page("", 40));

    assertThat(names(second)).hasSize(40);
    assertThat(page.uri()).hasToString(PATH + "?limit=40");
  }
}
