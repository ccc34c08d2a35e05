package dev.lambdaconfig.kube.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.PageServer;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's lists, of which the next page is requested while one is read. */
final class PagesAheadTest {

  private static final String PATH =
      "/apis/lambdaconfig.dev/v1alpha1/namespaces/team-a/lambdafunctionconfigs";

  private static final String FIRST = page("\"continue\":\"second\",", "a", "b");
  private static final String SECOND = page("", "c", "d", "e");

  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private final StreamedLists lists = new StreamedLists(later::add, later::add);
  private final PageServer server = new PageServer();
  private final KubernetesClient client = client(0);

  private KubernetesClient client(int retries) {
    return lists
        .builder(http -> {})
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withOauthToken("of-the-operator")
                .withRequestRetryBackoffLimit(retries)
                .withRequestRetryBackoffInterval(1)
                .build())
        .build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static String failure(int code, String reason, String message) {
    return "{\"kind\":\"Status\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}"
        .formatted(code, reason, message);
  }

  private static String page(String metadata, String... names) {
    String items =
        Stream.of(names)
            .map(
                name ->
                    """
                    {"apiVersion":"lambdaconfig.dev/v1alpha1","kind":"LambdaFunctionConfig",
                     "metadata":{"name":"%s","namespace":"team-a","uid":"u-%s"},
                     "spec":{"functionName":"f-%s","timeout":30}}
                    """
                        .formatted(name, name, name))
            .collect(Collectors.joining(","));
    return """
    {"apiVersion":"lambdaconfig.dev/v1alpha1","items":[%s],"kind":"LambdaFunctionConfigList",
     "metadata":{%s"resourceVersion":"77"}}
    """
        .formatted(items, metadata);
  }

  private CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> listed(
      KubernetesClient by, String namespace, @Nullable String token) {
    ListOptions page = new ListOptionsBuilder().withLimit(500L).withContinue(token).build();
    return CompletableFuture.supplyAsync(
        () -> by.resources(LambdaFunctionConfig.class).inNamespace(namespace).list(page),
        Thread::startVirtualThread);
  }

  private CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> listed(
      @Nullable String token) {
    return listed(client, "team-a", token);
  }

  private CompletableFuture<String> raw(String path) {
    return CompletableFuture.supplyAsync(() -> client.raw(path), Thread::startVirtualThread);
  }

  private static <T> T arrived(CompletableFuture<T> future) throws Exception {
    return future.get(PageServer.SECONDS, TimeUnit.SECONDS);
  }

  private static List<String> names(
      CompletableFuture<KubernetesResourceList<LambdaFunctionConfig>> list) throws Exception {
    return arrived(list).getItems().stream().map(each -> each.getMetadata().getName()).toList();
  }

  /** The client reads the first page; returns the request of the second one. */
  private PageServer.Arrived afterTheFirst() throws Exception {
    var first = listed(null);
    server.next().answer(200, FIRST);
    assertThat(arrived(first).getMetadata().getContinue()).isEqualTo("second");
    return server.next();
  }

  @Test
  void theNextPageIsRequestedAsTheClientWould() throws Exception {
    // When
    var page = listed(null);
    PageServer.Arrived first = server.next();
    first.answer(200, FIRST);
    PageServer.Arrived second = server.next();

    // Then
    assertThat(names(page)).containsExactly("a", "b");
    assertThat(second.method()).isEqualTo("GET");
    assertThat(second.uri().getPath()).isEqualTo(PATH);
    assertThat(second.uri().getQuery().split("&"))
        .containsExactlyInAnyOrder("limit=100", "continue=second");
    assertThat(second.headers()).isEqualTo(first.headers());
    assertThat(second.headers().get("Authorization")).containsExactly("Bearer of-the-operator");
  }

  @ParameterizedTest
  @CsvSource({"500, 200", "50, 50"})
  void theNextPageIsAsLongAsTheClientWouldAskFor(int wanted, int next) throws Exception {
    String[] names = IntStream.range(0, 100).mapToObj(i -> "n" + i).toArray(String[]::new);
    CompletableFuture<String> page = raw(PATH + "?limit=" + wanted);

    server.next().answer(200, page("\"continue\":\"second\",", names));

    assertThat(server.next().has("limit=" + next)).isTrue();
    assertThat(arrived(page)).contains("second");
  }

  @Test
  void theClientIsGivenThePageThatWasRequested() throws Exception {
    // Given
    afterTheFirst().answer(200, SECOND);

    // When
    KubernetesResourceList<LambdaFunctionConfig> second = arrived(listed("second"));

    // Then
    KubernetesSerialization whole = StrippedSerialization.create();
    assertThat(second.getItems())
        .isEqualTo(Stream.of("c", "d", "e").map(name -> onlyItem(whole, page("", name))).toList());
    assertThat(second.getMetadata().getResourceVersion()).isEqualTo("77");
    assertThat(second.getMetadata().getContinue()).isNull();
    assertThat(server.requests()).hasSize(2);
  }

  private static LambdaFunctionConfig onlyItem(KubernetesSerialization whole, String list) {
    String item = list.substring(list.indexOf('[') + 1, list.lastIndexOf(']'));
    return whole.unmarshal(item, LambdaFunctionConfig.class);
  }

  @Test
  void aListOfManyPagesIsRequestedOnceEach() throws Exception {
    afterTheFirst().answer(200, page("\"continue\":\"third\",", "c"));
    assertThat(names(listed("second"))).containsExactly("c");
    PageServer.Arrived third = server.next();
    assertThat(third.has("continue=third")).isTrue();
    third.answer(200, page("", "d"));

    assertThat(names(listed("third"))).containsExactly("d");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aListThatBeginsAnewDropsThePage() throws Exception {
    CompletableFuture<IOException> cut = afterTheFirst().answerWithoutEnd();

    var anew = listed(null);
    PageServer.Arrived first = server.next();
    first.answer(200, SECOND);

    assertThat(first.uri().getQuery()).doesNotContain("continue");
    assertThat(names(anew)).containsExactly("c", "d", "e");
    assertThat(arrived(cut)).isNotNull();
  }

  @Test
  void aFailureIsThatOfTheRequestWhichAsksForThePage() throws Exception {
    // Given
    afterTheFirst().answer(500, failure(500, "InternalError", "overloaded"));

    // When
    assertThatThrownBy(() -> arrived(listed("second")))
        .hasCauseInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("overloaded");

    // Then
    assertThat(server.requests()).hasSize(2);
    var retry = listed("second");
    PageServer.Arrived request = server.next();
    assertThat(request.has("limit=20")).as("a short page after a failure").isTrue();
    request.answer(200, SECOND);
    assertThat(names(retry)).containsExactly("c", "d", "e");
  }

  @Test
  void aListIsReadThoughTheClientThatWouldRequestPagesAheadIsClosed() throws Exception {
    client.close();
    try (KubernetesClient other = client(0)) {
      var first = listed(other, "team-a", null);
      server.next().answer(200, FIRST);

      assertThat(names(first)).hasSize(2);
    }
  }

  @Test
  void theClientRetriesAFailureByItself() throws Exception {
    // Given
    try (KubernetesClient retrying = client(3)) {
      var first = listed(retrying, "team-a", null);
      server.next().answer(200, FIRST);
      assertThat(names(first)).hasSize(2);
      server.next().answer(503, "starting");

      // When
      var second = listed(retrying, "team-a", "second");
      server.next().answer(200, SECOND);

      // Then
      assertThat(names(second)).containsExactly("c", "d", "e");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aTokenThatIsTooOldIsToldAsSuch() throws Exception {
    afterTheFirst().answer(410, failure(410, "Expired", "the token is too old"));

    assertThatThrownBy(() -> arrived(listed("second")))
        .cause()
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(410);
              assertThat(e.getStatus().getReason()).isEqualTo("Expired");
            });
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void twoListsKeepTheirPagesApart() throws Exception {
    // Given
    afterTheFirst().answer(200, SECOND);
    var other = listed(client, "team-b", null);
    server.next().answer(200, FIRST);
    assertThat(names(other)).hasSize(2);
    server.next().answer(200, page("", "of-b"));

    // When
    List<String> one = names(listed(client, "team-b", "second"));
    List<String> two = names(listed("second"));

    // Then
    assertThat(one).containsExactly("of-b");
    assertThat(two).containsExactly("c", "d", "e");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void nothingIsRequestedAfterTheOneItemOfAVersionCheck() throws Exception {
    // Given
    CompletableFuture<String> one = raw(PATH + "?limit=1");
    server.next().answer(200, page("\"continue\":\"second\",", "a"));
    assertThat(arrived(one)).contains("\"resourceVersion\":\"77\"");

    // When
    CompletableFuture<String> next = raw("/version");
    server.next().answer(200, "{}");

    // Then
    assertThat(arrived(next)).isEqualTo("{}");
    assertThat(server.requests()).containsExactly("GET " + PATH + "?limit=1", "GET /version");
  }
}
