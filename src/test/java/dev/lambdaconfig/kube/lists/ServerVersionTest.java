package dev.lambdaconfig.kube.lists;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.http.PageServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerVersionTest {

  private static final String NEW =
      "{\"major\":\"1\",\"minor\":\"34+\",\"gitVersion\":\"v1.34.1\"}";

  @ParameterizedTest
  @CsvSource({
    "'{\"major\":\"1\",\"minor\":\"34\"}', 1, 34",
    "'{\"minor\":\"33+\",\"major\":\"1\"}', 1, 33",
    "'{\"major\":1,\"minor\":35}', 1, 35",
    "'{\"major\":\"2\",\"minor\":\"0\"}', 2, 0",
    "'{\"major\":\"1\"}', 1, 0",
    "'{\"major\":\"v1\",\"minor\":\"\"}', 0, 0"
  })
  void aVersionIsReadFromTwoNumbers(String json, int major, int minor) {
    assertThat(ServerVersion.of(json)).isEqualTo(new ServerVersion(major, minor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "404 page not found", "{\"major\":", "{\"minor\":{}}"})
  void whatSaysNoVersionIsUnknown(String text) {
    assertThat(ServerVersion.of(text)).isEqualTo(ServerVersion.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "1, 9, false",
    "1, 33, false",
    "1, 34, true",
    "1, 35, true",
    "2, 0, true"
  })
  void listsComeFromMemorySince134(int major, int minor, boolean fromMemory) {
    assertThat(new ServerVersion(major, minor).sendsListsFromMemory()).isEqualTo(fromMemory);
  }

  @Test
  void theServerIsAskedForItsVersion() throws Exception {
    assertThat(answered(200, NEW)).isEqualTo(new ServerVersion(1, 34));
  }

  @ParameterizedTest
  @CsvSource({"404, ''", "404, 404 page not found", "403, {}", "500, ''", "200, <html>"})
  void aServerThatDoesNotTellHasNoKnownVersion(int code, String body) throws Exception {
    assertThat(answered(code, body)).isEqualTo(ServerVersion.UNKNOWN);
  }

  @Test
  void aServerThatDoesNotAnswerInTimeHasNoKnownVersion() throws Exception {
    try (PageServer server = new PageServer();
        KubernetesClient client = client(server)) {
      CompletableFuture<ServerVersion> version = ServerVersion.ask(client, Duration.ofMillis(100));

      assertThat(version.get(PageServer.SECONDS, TimeUnit.SECONDS))
          .isEqualTo(ServerVersion.UNKNOWN);
    }
  }

  private static KubernetesClient client(PageServer server) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  private static ServerVersion answered(int code, String body) throws Exception {
    try (PageServer server = new PageServer();
        KubernetesClient client = client(server)) {
      CompletableFuture<ServerVersion> version = ServerVersion.ask(client);
      PageServer.Arrived request = server.next();
      assertThat(request.uri()).hasToString("/version");
      request.answer(code, body);
      return version.get(PageServer.SECONDS, TimeUnit.SECONDS);
    }
  }
}
