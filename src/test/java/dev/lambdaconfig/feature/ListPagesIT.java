package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.lists.ServerVersion;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start lists all resources at once, or in pages of 500. */
final class ListPagesIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  /** The queries of the pages of lists of the operator's resources that the client asks for. */
  private static class Pages implements Interceptor {

    private final List<String> queries = new CopyOnWriteArrayList<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String query = request.uri().getQuery();
      if (request.uri().getPath().endsWith("/lambdafunctionconfigs")
          && query != null
          && query.contains("limit=")) {
        queries.add(query);
      }
    }
  }

  /** As if the API server did not tell its version. */
  private static final class PagesOfUnknownVersion extends Pages {

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      super.before(builder, request, tags);
      if (request.uri().getPath().equals("/version")) {
        builder.uri(URI.create(request.uri() + "-is-not-told"));
      }
    }
  }

  private void startWithMoreThan500Resources(Pages pages) throws Exception {
    ResourceClient resources = operator.resources();
    operator.aws().createFunction(FunctionSeed.zip("zz-last"));
    IntStream.range(0, 500)
        .parallel()
        .forEach(i -> resources.apply("idle-" + i, "functionName: idle\nsuspend: true"));
    resources.apply("zz-last", "functionName: zz-last\ntimeout: 30");

    operator.start(setup -> setup.withInterceptor(pages));

    resources.awaitReady("zz-last");
    assertThat(operator.aws().function("zz-last").get("Timeout").asInt()).isEqualTo(30);
  }

  @Test
  void aStartReadsMoreThan500ResourcesInThreePages() throws Exception {
    Pages pages = new PagesOfUnknownVersion();

    startWithMoreThan500Resources(pages);

    assertThat(pages.queries).hasSize(3).last().asString().contains("continue=");
  }

  @Test
  void aStartReadsThemAtOnceWhereTheApiServerSendsThemFromMemory() throws Exception {
    Pages pages = new Pages();

    startWithMoreThan500Resources(pages);

    assertThat(pages.queries)
        .as("an API server that takes longer than 3 s for the head of a list is asked for pages")
        .hasSize(version().sendsListsFromMemory() ? 1 : 3);
  }

  private ServerVersion version() {
    KubernetesClient client = operator.server().client();
    return ServerVersion.ask(client).join();
  }
}
