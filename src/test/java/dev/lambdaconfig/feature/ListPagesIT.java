package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start lists pages of 500 resources. */
final class ListPagesIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  /** The queries of the pages of lists of the operator's resources. */
  private static final class Pages implements Interceptor {

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

  @Test
  void aStartReadsMoreThan500ResourcesInThreePages() throws Exception {
    // Given
    ResourceClient resources = operator.resources();
    operator.aws().createFunction(FunctionSeed.zip("zz-last"));
    IntStream.range(0, 500)
        .parallel()
        .forEach(i -> resources.apply("idle-" + i, "functionName: idle\nsuspend: true"));
    resources.apply("zz-last", "functionName: zz-last\ntimeout: 30");
    Pages pages = new Pages();

    // When
    operator.start(setup -> setup.withInterceptor(pages));

    // Then
    resources.awaitReady("zz-last");
    assertThat(pages.queries).hasSize(3).last().asString().contains("continue=");
    assertThat(operator.aws().function("zz-last").get("Timeout").asInt()).isEqualTo(30);
  }
}
