package dev.lambdaconfig.values.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceKey.Kind;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A watch of metadata whose API server goes, and comes back without its history of changes. */
final class RestartedApiServerIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final WatchedCollection SECRETS = new WatchedCollection(Kind.SECRET, null, null);

  private final RecordedSightings seen = new RecordedSightings();

  /** Requests that a test holds back. */
  private static final class HeldWatches implements MetadataApi {

    private final MetadataApi api;
    private final AtomicBoolean held = new AtomicBoolean();

    HeldWatches(MetadataApi api) {
      this.api = api;
    }

    @Override
    public Page list(
        WatchedCollection collection, @Nullable String from, Consumer<MetadataItem> items)
        throws MetadataException, InterruptedException {
      return api.list(collection, from, items);
    }

    @Override
    public void watch(
        WatchedCollection collection,
        String resourceVersion,
        Runnable opened,
        Consumer<MetadataItem> events)
        throws MetadataException, InterruptedException {
      if (held.get()) {
        throw new MetadataException(0, "held back");
      }
      api.watch(collection, resourceVersion, opened, events);
    }
  }

  @Test
  void whatChangedBeforeTheRestartAndIsForgottenIsSeenByANewList() {
    try (ApiServer server = ApiServer.separate();
        MetadataClient client =
            new MetadataClient(server.client().getConfiguration(), Timing.system())) {
      // Given
      write(server, "one");
      HeldWatches api = new HeldWatches(client);
      try (MetadataWatch watch = new MetadataWatch(SECRETS, api, seen, Timing.system())) {
        watch.start();
        Awaitility.await().atMost(PATIENCE).until(watch::isLive);

        // When: the watch misses a change that the server forgets with its restart
        api.held.set(true);
        restart(server);
        Awaitility.await().atMost(PATIENCE).until(() -> !watch.isLive());
        write(server, "two");
        SourceVersion changed = write(server, "three");
        restart(server);
        assertThatExceptionOfType(MetadataException.class)
            .isThrownBy(() -> client.watch(SECRETS, "1", () -> {}, event -> {}))
            .satisfies(gone -> assertThat(gone.code()).isEqualTo(410));
        api.held.set(false);

        // Then
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(seen.versions)
                        .containsEntry(
                            new NamespacedSource("default", SourceKey.secret("db")), changed));
        assertThat(seen.calls.stream().filter("listing"::equals)).hasSizeGreaterThan(1);
      }
    }
  }

  private static void restart(ApiServer server) {
    try {
      server.outage().close();
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("nobody restarts a cluster that was given for tests");
    }
  }

  private static SourceVersion write(ApiServer server, String text) {
    ObjectMeta metadata =
        server
            .client()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("db")
                    .withNamespace("default")
                    .endMetadata()
                    .addToStringData("text", text)
                    .build())
            .serverSideApply()
            .getMetadata();
    return new SourceVersion(metadata.getUid(), metadata.getResourceVersion());
  }
}
