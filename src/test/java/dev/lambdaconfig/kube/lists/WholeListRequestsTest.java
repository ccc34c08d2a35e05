package dev.lambdaconfig.kube.lists;

import static dev.lambdaconfig.kube.lists.ListingClient.arrived;
import static dev.lambdaconfig.kube.lists.ListingClient.list;
import static dev.lambdaconfig.kube.lists.ListingClient.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.PageServer;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests by which lists are read at once, and those for the pages after them. */
final class WholeListRequestsTest {

  private static final String PATH = ListingClient.path("team-a");
  private static final String ALL = list("", "a", "b", "c");
  private static final String BEGIN = ALL.substring(0, ALL.indexOf(']'));

  private final PageServer server = new PageServer();
  private final ListingClient client = ListingClient.atOnce(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> selected() {
    ListOptions page =
        new ListOptionsBuilder()
            .withLimit(500L)
            .withResourceVersion("5")
            .withResourceVersionMatch("NotOlderThan")
            .build();
    return CompletableFuture.supplyAsync(
        () ->
            client
                .client()
                .resources(LambdaFunctionConfig.class)
                .inNamespace("team-a")
                .withLabel("tier", "a&b")
                .withField("metadata.name", "c")
                .list(page),
        Thread::startVirtualThread);
  }

  private static List<String> parameters(PageServer.Arrived request) {
    return List.of(request.uri().getRawQuery().split("&"));
  }

  @Test
  void aListKeepsAllThatIsAskedForButItsLength() throws Exception {
    // Given
    String[] same = {
      "labelSelector=tier%3Da%26b",
      "fieldSelector=metadata.name%3Dc",
      "resourceVersion=5",
      "resourceVersionMatch=NotOlderThan"
    };

    // When
    var first = selected();

    // Then
    PageServer.Arrived whole = server.next();
    assertThat(whole.uri().getPath()).isEqualTo(PATH);
    assertThat(parameters(whole)).containsExactlyInAnyOrder(same);

    // And when
    whole.breakOff(BEGIN);

    // Then
    PageServer.Arrived page = server.next();
    page.answer(200, ALL);
    assertThat(page.uri().getPath()).isEqualTo(PATH);
    assertThat(parameters(page))
        .containsExactlyInAnyOrder(
            Stream.concat(Stream.of(same), Stream.of("limit=20")).toArray(String[]::new));
    assertThat(names(first)).hasSize(3);
  }

  @Test
  void aListWithASelectorIsReadAtOnceAndTheNextOneOfItsPathInPages() throws Exception {
    var first = selected();
    server.next().answer(200, ALL);
    assertThat(names(first)).hasSize(3);

    var second = client.listed("team-a");

    PageServer.Arrived page = server.next();
    page.answer(200, ALL);
    assertThat(names(second)).hasSize(3);
    assertThat(page.uri()).hasToString(PATH + "?limit=100");
  }

  @Test
  void listsOfTwoNamespacesAreReadAtOnceAtTheSameTime() throws Exception {
    // Given: many items, which are read while those of the other list arrive
    var ofA = client.listed("team-a");
    PageServer.Arrived wholeA = server.next();
    var ofB = client.listed("team-b");
    PageServer.Arrived wholeB = server.next();
    Function<String, String[]> many =
        prefix -> IntStream.range(0, 3_000).mapToObj(i -> prefix + i).toArray(String[]::new);

    // When
    wholeB.answer(200, list("", many.apply("b")));
    wholeA.answer(200, list("", many.apply("a")));

    // Then
    assertThat(names(ofA)).containsExactly(many.apply("a"));
    assertThat(names(ofB)).containsExactly(many.apply("b"));
    assertThat(server.requests())
        .containsExactly("GET " + PATH, "GET " + ListingClient.path("team-b"));
    assertThat(client.kept()).isZero();
  }

  @Test
  void oneListThatBreaksOffLeavesTheOther() throws Exception {
    // Given
    var ofA = client.listed("team-a");
    PageServer.Arrived wholeA = server.next();
    var ofB = client.listed("team-b");
    PageServer.Arrived wholeB = server.next();

    // When
    wholeA.breakOff(BEGIN);
    PageServer.Arrived page = server.next();
    page.answer(200, list("", "of-a"));
    wholeB.answer(200, list("", "of-b"));

    // Then
    assertThat(page.uri()).hasToString(PATH + "?limit=20");
    assertThat(names(ofA)).containsExactly("of-a");
    assertThat(names(ofB)).containsExactly("of-b");
    assertThat(server.requests()).hasSize(3);
    assertThat(client.kept()).isZero();
  }

  @Test
  void twoListsOfOnePathAtTheSameTimeAreReadAtOnceOnlyOnce() throws Exception {
    var first = client.listed("team-a");
    PageServer.Arrived whole = server.next();

    var second = client.listed("team-a");
    PageServer.Arrived page = server.next();
    page.answer(200, list("", "of-the-page"));
    whole.answer(200, ALL);

    assertThat(names(first)).containsExactly("a", "b", "c");
    assertThat(names(second)).containsExactly("of-the-page");
    assertThat(page.uri()).hasToString(PATH + "?limit=100");
  }

  @Test
  void theHeadersAreThoseOfTheClient() throws Exception {
    // Given
    PageServer.Arrived usual;
    try (var older = ListingClient.inPages(server)) {
      var page = older.listed("team-a");
      usual = server.next();
      usual.answer(200, ALL);
      arrived(page);
    }

    // When
    var first = client.listed("team-a");
    PageServer.Arrived whole = server.next();
    whole.breakOff(BEGIN);
    PageServer.Arrived page = server.next();
    page.answer(200, ALL);

    // Then
    assertThat(names(first)).hasSize(3);
    assertThat(whole.headers().get("Authorization")).containsExactly("Bearer of-the-operator");
    assertThat(whole.headers()).isEqualTo(usual.headers());
    assertThat(page.headers()).isEqualTo(usual.headers());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aListThatIsRefusedIsAskedForAsTheClientDoes(int status) throws Exception {
    // Given
    var first = client.listed("team-a");
    PageServer.Arrived whole = server.next();

    // When
    whole.answer(status, "no");
    PageServer.Arrived page = server.next();
    page.answer(200, ALL);

    // Then
    assertThat(names(first)).hasSize(3);
    assertThat(page.uri()).hasToString(PATH + "?limit=100");
    assertThat(page.headers()).isEqualTo(whole.headers());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void theRefusalOfThePageIsThatOfTheList(int status) throws Exception {
    var first = client.listed("team-a");

    server.next().answer(status, "no");
    server
        .next()
        .answer(
            status,
            "{\"kind\":\"Status\",\"code\":%d,\"message\":\"not for you\"}".formatted(status));

    assertThatThrownBy(() -> arrived(first))
        .cause()
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(status))
        .hasMessageContaining("not for you");
    assertThat(server.requests().stream().collect(Collectors.joining(" ")))
        .isEqualTo("GET " + PATH + " GET " + PATH + "?limit=100");
  }
}
