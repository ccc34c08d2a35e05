package dev.lambdaconfig.cli.plan.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.cluster.ListServer;
import dev.lambdaconfig.cli.cluster.ListServer.Response;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The resources of a cluster whose list takes longer than the API server keeps old versions. */
final class LiveResourcesTest {

  private static final Response EXPIRED =
      new Response(410, "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"new\"},\"code\":410}");

  private ListServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ListServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Response page(String next, String name, String created) {
    return new Response(
        200,
        """
        {"metadata":{"continue":"%s"},"items":[
         {"metadata":{"namespace":"team-a","name":"%s","creationTimestamp":"%s","generation":3},
          "spec":{"functionName":"f"}}]}
        """
            .formatted(next, name, created));
  }

  @Test
  void areListedToTheEnd() {
    list();
    assertThat(LiveResources.in(server.client(), List.of()).resources())
        .extracting(input -> input.origin().resource())
        .containsExactly("team-a/b", "team-a/a");

    list();
    LiveResources live = LiveResources.in(server.client(), List.of("team-b"));
    assertThat(live.resources()).extracting(PlanInput::generation).containsExactly(3L, 3L);
    assertThat(live.allKnown()).isTrue();
  }

  @Test
  void whereAllMayNotBeListedThoseOfTheNamespacesAre() {
    server.answer(new Response(403, "{}"), page("", "a", "2026-01-02T00:00:00Z"));

    LiveResources live = LiveResources.in(server.client(), List.of("team-a", "team-a"));

    assertThat(live.resources()).hasSize(1);
    assertThat(live.allKnown()).isFalse();
  }

  /** A list that expires after its first page. */
  private void list() {
    server.answer(
        page("old", "a", "2026-01-02T00:00:00Z"), EXPIRED, page("", "b", "2026-01-01T00:00:00Z"));
  }
}
