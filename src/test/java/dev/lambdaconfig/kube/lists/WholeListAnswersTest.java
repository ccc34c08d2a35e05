package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.arrived;
import static dev.lambdaconfig.kube.lists.ListingClient.item;
import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static dev.lambdaconfig.kube.lists.ListingClient.listOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.PageServer;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Unusual answers to a list that is read at once: the client sees what it sees of a page. */
final class WholeListAnswersTest {

  private final PageServer server = new PageServer();
  private final ListingClient atOnce = ListingClient.atOnce(server);
  private final ListingClient inPages = ListingClient.inPages(server);

  @AfterEach
  void close() {
    atOnce.close();
    inPages.close();
    server.close();
  }

  static Stream<Arguments> answers() {
    String status =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,"
            + "\"message\":\"no\",\"reason\":\"Expired\",\"details\":{\"retryAfterSeconds\":1}}";
    return Stream.of(
            Named.of("a list", list("", "a", "b")),
            Named.of("a list with a token", list("\"continue\":\"second\",", "a", "b")),
            Named.of("an empty list", list("")),
            Named.of("items that are null", list("").replace("[]", "null")),
            Named.of("items that are an object", list("").replace("[]", "{\"a\":{}}")),
            Named.of("items that are a text", list("").replace("[]", "\"none\"")),
            Named.of("no items", "{\"metadata\":{\"resourceVersion\":\"77\"}}"),
            Named.of("an item that is null", listOf("", "null")),
            Named.of("an item that is null among others", listOf("", item("a") + ",null")),
            Named.of("items in items", listOf("", "[" + item("a") + "]")),
            Named.of("items after the metadata", "{\"metadata\":{},\"items\":[" + item("a") + "]}"),
            Named.of(
                "items twice", "{\"items\":[" + item("a") + "],\"items\":[" + item("b") + "]}"),
            Named.of("a ticket", listOf("", "\"1:0\"")),
            Named.of("nothing", ""),
            Named.of("white space", " \n "),
            Named.of("null", "null"),
            Named.of("an array", "[" + item("a") + "]"),
            Named.of("an object", "{}"),
            Named.of("a text", "\"sorry\""),
            Named.of("a page", "<html><body>Sign in</body></html>"),
            Named.of("a page with a style", "<html><style>p{color:red}</style>Sign in</html>"),
            Named.of(
                "a page with a script", "<html><script>if(a){b({\"c\":[{}]})}</script></html>"),
            Named.of("a page that begins with a bracket", "}{<html>"),
            Named.of("a status", status.formatted(500)),
            Named.of("a status of success", "{\"kind\":\"Status\",\"status\":\"Success\"}"),
            Named.of("a resource", item("a")),
            Named.of("a list of another kind", "{\"kind\":\"PodList\",\"items\":[]}"),
            Named.of("more after the end", list("", "a") + "x"),
            Named.of("two lists", list("", "a") + list("", "b")),
            Named.of("an item that is no JSON", listOf("", item("a") + ",{\"metadata\":nope}")),
            Named.of("an item with a text for an object", listOf("", "{\"metadata\":\"none\"}")),
            Named.of("an item without an end", listOf("", "{\"metadata\":{")),
            Named.of("no comma", listOf("", item("a") + item("b"))),
            Named.of("an item that is deep", listOf("", "{\"spec\":" + deep(3_000) + "}")),
            Named.of("a byte order mark", "\ufeff" + list("", "a")))
        .map(Arguments::of);
  }

  private static String deep(int depth) {
    return "{\"environment\":".repeat(depth) + "{}" + "}".repeat(depth);
  }

  /** What the client sees. */
  private static String seen(ListingClient by) throws Exception {
    CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> listed = by.listed("team-a");
    try {
      KubernetesResourceList<LambdaFunctionConfig> list = arrived(listed);
      return list == null ? "null" : list.getMetadata() + " " + list.getItems();
    } catch (ExecutionException e) {
      List<String> causes = new ArrayList<>();
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        causes.add(cause.getClass().getName() + ": " + cause.getMessage());
      }
      return String.join("\n", causes);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void theClientSeesWhatItSeesOfAPage(String answer) throws Exception {
    // Given
    server.answerAll(request -> request.answer(200, answer));

    // When
    String whole = seen(atOnce);

    // Then
    assertThat(server.requests()).first().asString().doesNotContain("limit=");
    assertThat(whole).isEqualTo(seen(inPages));
    assertThat(atOnce.kept()).isEqualTo(inPages.kept());
  }

  static Stream<Arguments> unreadable() {
    String many =
        IntStream.range(0, 2_000)
            .mapToObj(i -> item("n" + i))
            .collect(Collectors.joining(",", "", ","));
    String large = "{\"metadata\":{\"name\":\"" + "n".repeat(100_000) + "\"},\"spec\":nope}";
    return Stream.of(
            Named.of("the only one", "{\"metadata\":nope}"),
            Named.of("the last one of many", many + "{\"metadata\":nope}"),
            Named.of("the first one of many", "{\"metadata\":nope}," + many + item("last")),
            Named.of("a large one", many + large + "," + many + item("last")))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void anItemThatIsNoJsonIsReadAgainInAPage(String items) throws Exception {
    // Given
    var first = atOnce.listed("team-a");

    // When
    server.next().answer(200, listOf("", items));
    PageServer.Arrived page = server.next();
    page.answer(200, list("", "a"));

    // Then
    assertThat(ListingClient.names(first)).containsExactly("a");
    assertThat(page.has("limit=20")).isTrue();
    assertThat(atOnce.kept()).isZero();
  }
}
