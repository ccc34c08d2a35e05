package dev.lambdaconfig.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdaconfig.cli.cluster.ListServer.Response;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists by an API server that answers in each way. */
final class ResourceListTest {

  /** The body of a 410 in the middle of a list, as an API server writes it. */
  private static final String EXPIRED =
      """
      {"kind":"Status","apiVersion":"v1","metadata":{"continue":"newer"},"status":"Failure",
       "message":"The provided continue parameter is too old to display a consistent list result.",
       "reason":"Expired","code":410}
      """;

  private final List<String> names = new ArrayList<>();
  private ListServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ListServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Response page(String next, String... items) {
    List<String> resources = new ArrayList<>();
    for (String name : items) {
      resources.add(
          "{\"apiVersion\":\"lambdaconfig.dev/v1alpha1\",\"kind\":\"LambdaFunctionConfig\","
              + "\"metadata\":{\"namespace\":\"a\",\"name\":\""
              + name
              + "\"},\"spec\":{\"functionName\":\"f\"}}");
    }
    return new Response(
        200,
        "{\"kind\":\"LambdaFunctionConfigList\",\"metadata\":{\"resourceVersion\":\"7\","
            + "\"continue\":\""
            + next
            + "\"},\"items\":["
            + String.join(",", resources)
            + "]}");
  }

  private boolean list(@Nullable String namespace, @Nullable String selector) {
    return new ResourceList(server.client(), namespace, selector)
        .forEach(resource -> names.add(resource.getMetadata().getName()));
  }

  @Test
  void allPagesAreRead() {
    server.answer(page("t/1+=", "one", "two"), page("", "three"));

    assertThat(list(null, null)).isTrue();
    assertThat(names).containsExactly("one", "two", "three");
    assertThat(server.requests())
        .containsExactly(
            "/apis/lambdaconfig.dev/v1alpha1/lambdafunctionconfigs?limit=500",
            "/apis/lambdaconfig.dev/v1alpha1/lambdafunctionconfigs?limit=500&continue=t%2F1%2B%3D");
  }

  @Test
  void namespaceAndLabelsSelect() {
    server.answer(page(""));

    list("team-a", "team=a,stage!=test");

    assertThat(server.requests())
        .containsExactly(
            "/apis/lambdaconfig.dev/v1alpha1/namespaces/team-a/lambdafunctionconfigs?limit=500"
                + "&labelSelector=team%3Da%2Cstage%21%3Dtest");
  }

  @Test
  void aListThatExpiresGoesOnWithNewerResources() {
    server.answer(page("old", "one"), new Response(410, EXPIRED), page("later", "two"), page(""));

    assertThat(list(null, null)).isFalse();
    assertThat(names).containsExactly("one", "two");
    assertThat(server.requests().get(2)).endsWith("&continue=newer");
  }

  @Test
  void aListThatExpiresAgainAtOnceFails() {
    server.answer(page("old", "one"), new Response(410, EXPIRED), new Response(410, EXPIRED));

    assertThatThrownBy(() -> list(null, null))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("too old");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aPageThatNamesItselfAsTheNextOneFails() {
    server.answer(page("again", "one"), page("again", "two"), page(""));

    assertThatThrownBy(() -> list(null, null))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("names itself");
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "<html>",
        "{}",
        "{\"items\":null}",
        "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"x\"}}",
        "{\"metadata\":{},\"items\":[]"
      })
  void whatIsNoWholeListFails(String body) {
    server.answer(new Response(200, body));

    KubernetesClientException failure =
        catchThrowableOfType(KubernetesClientException.class, () -> list(null, null));

    assertThat(ClusterOptions.unreadable("https://server", failure))
        .startsWith("the API server at https://server does not answer (");
  }

  /** Proxies before an API server answer with pages of their own. */
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 500, 502})
  void aFailureWithoutAStatusIsReportedByItsCode(int code) {
    server.answer(new Response(code, "<html>\u001b[2J</html>"));

    KubernetesClientException failure =
        catchThrowableOfType(KubernetesClientException.class, () -> list(null, null));

    assertThat(failure.getCode()).isEqualTo(code);
    assertThat(ClusterOptions.unreadable("https://server", failure))
        .doesNotContain("\u001b")
        .satisfiesAnyOf(
            text -> assertThat(text).contains("" + code),
            text -> assertThat(text).contains("is not installed"));
  }
}
