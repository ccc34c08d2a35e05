package dev.lambdaconfig.values.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TcpProxy;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceKey.Kind;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch of metadata on the real API server, over connections that break. */
final class MetadataWatchIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ApiServer server = ApiServer.shared();
  private final String namespace = server.freshNamespace("metadata");
  private final RecordedSightings seen = new RecordedSightings();

  private @Nullable TcpProxy proxy;
  private @Nullable MetadataClient client;
  private @Nullable MetadataWatch watch;

  @BeforeEach
  void connect() throws IOException {
    proxy = TcpProxy.to(URI.create(server.client().getMasterUrl().toString()));
  }

  @AfterEach
  void close() throws IOException {
    if (watch != null) {
      watch.close();
    }
    if (client != null) {
      client.close();
    }
    proxy().close();
  }

  @Test
  void allPagesOfAListAreSeenWithTheirVersions() {
    // Given
    IntStream.range(0, 501).parallel().forEach(number -> write("map-" + number, "first"));
    ConfigMap one = write("map-77", "second");

    // When
    watch(Duration.ofMinutes(1));
    awaitLive();

    // Then
    assertThat(seen.versions).hasSize(501);
    assertThat(seen.versions.get(source("map-77")))
        .isEqualTo(
            new SourceVersion(one.getMetadata().getUid(), one.getMetadata().getResourceVersion()));
    assertThat(seen.calls).startsWith("listing").endsWith("listed");
  }

  @Test
  void aChangeWhileTheConnectionIsCutIsSeenAfterIt() {
    // Given
    write("features", "first");
    watch(Duration.ofMinutes(1));
    awaitLive();

    // When
    proxy().cut();
    Awaitility.await().atMost(PATIENCE).until(() -> !started().isLive());
    ConfigMap changed = write("features", "second");
    proxy().mend();

    // Then
    awaitSeen(changed);
    assertThat(seen.calls).as("it goes on where it was").containsOnlyOnce("listing");
  }

  @Test
  void aConnectionThatDiesInSilenceIsReplaced() {
    // Given
    write("features", "first");
    watch(Duration.ofSeconds(3));
    awaitLive();

    // When
    proxy().silenceConnections();
    ConfigMap changed = write("features", "second");

    // Then
    awaitSeen(changed);
    assertThat(seen.calls).containsOnlyOnce("listing");
  }

  @Test
  void nothingIsSeenOfAWatchThatIsClosed() {
    // Given
    watch(Duration.ofMinutes(1));
    awaitLive();

    // When
    started().close();
    Awaitility.await().atMost(PATIENCE).until(() -> !started().isLive());
    write("features", "first");
    RecordedSightings later = new RecordedSightings();
    try (MetadataWatch second = new MetadataWatch(maps(), client(), later, Timing.system())) {
      second.start();
      Awaitility.await().atMost(PATIENCE).until(second::isLive);
    }

    // Then
    assertThat(later.versions).hasSize(1);
    assertThat(seen.versions).isEmpty();
  }

  private void watch(Duration silence) {
    Config config =
        new ConfigBuilder(server.client().getConfiguration()).withMasterUrl(proxy().url()).build();
    client = new MetadataClient(config, Timing.system(), silence);
    watch = new MetadataWatch(maps(), client, seen, Timing.system());
    watch.start();
  }

  private WatchedCollection maps() {
    return new WatchedCollection(Kind.CONFIG_MAP, namespace, null);
  }

  private void awaitLive() {
    Awaitility.await().atMost(PATIENCE).until(() -> started().isLive());
  }

  private void awaitSeen(ConfigMap map) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(seen.versions.get(source(map.getMetadata().getName())))
                    .isEqualTo(
                        new SourceVersion(
                            map.getMetadata().getUid(), map.getMetadata().getResourceVersion())));
  }

  private NamespacedSource source(String name) {
    return new NamespacedSource(namespace, SourceKey.configMap(name));
  }

  private ConfigMap write(String name, String text) {
    return server
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToData("text", text)
                .build())
        .serverSideApply();
  }

  private TcpProxy proxy() {
    return requireNonNull(proxy);
  }

  private MetadataClient client() {
    return requireNonNull(client);
  }

  private MetadataWatch started() {
    return requireNonNull(watch);
  }
}
