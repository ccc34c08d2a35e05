package dev.lambdaconfig.values;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.model.source.WatchScope;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets and ConfigMaps of the real API server, of which metadata is watched. */
final class WatchedSourcesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final SourceKey DB = SourceKey.secret("db");
  private static final SourceKey FEATURES = SourceKey.configMap("features");

  private final ApiServer server = ApiServer.shared();
  private final String namespace = server.freshNamespace("sources");
  private final RecordedChanges changes = new RecordedChanges();
  private final ResourceID orders = new ResourceID("orders", namespace);

  private WatchedSources sources = sources(WatchScope.CLUSTER);

  @AfterEach
  void close() {
    sources.close();
  }

  @Test
  void aSourceIsReadWithItsVersionAndWhatIsNoText() {
    // Given
    Secret created =
        server
            .client()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("db")
                    .withNamespace(namespace)
                    .endMetadata()
                    .addToStringData("password", "hunter22")
                    .addToData("binary", "/w==")
                    .build())
            .create();
    configMap("features", "list", "a,b");

    // When
    Map<SourceKey, ValueSource> read =
        sources.read(namespace, Set.of(DB, FEATURES, SourceKey.secret("missing")));

    // Then
    var secret = (ValueSource.Present) requireNonNull(read.get(DB));
    assertThat(secret.values()).containsOnly(Map.entry("password", "hunter22"));
    assertThat(secret.unusable()).containsOnlyKeys("binary");
    assertThat(secret.version().uid()).isEqualTo(created.getMetadata().getUid());
    assertThat(secret.version().resourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
    assertThat(((ValueSource.Present) requireNonNull(read.get(FEATURES))).values())
        .containsOnly(Map.entry("list", "a,b"));
    assertThat(read.get(SourceKey.secret("missing"))).isEqualTo(ValueSource.ABSENT);
  }

  @Test
  void aNameThatNoObjectCanHaveIsAbsentWithoutARequest() {
    SourceKey path = SourceKey.secret("../../kube-system/secrets/token");

    assertThat(sources.read(namespace, Set.of(path)).get(path)).isEqualTo(ValueSource.ABSENT);
    sources.depends(orders, Set.of(path));
    assertThat(sizes()).containsEntry("SourceIndex.entries", 0L);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLUSTER", "NAMESPACE", "NAME"})
  void aChangedADeletedAndARecreatedSourceTriggerTheirDependents(WatchScope scope) {
    // Given
    sources = sources(scope);
    secret("db", "one");
    configMap("features", "list", "a");
    sources.depends(orders, Set.of(DB));
    sources.depends(new ResourceID("mail", namespace), Set.of(DB, FEATURES));
    sources.depends(new ResourceID("other", namespace), Set.of(SourceKey.secret("later")));
    awaitLive(scope == WatchScope.NAME ? 3 : 2);
    sources.read(namespace, Set.of(DB, FEATURES, SourceKey.secret("later")));

    // When
    secret("db", "two");
    // Then
    awaitTrigger("mail", "orders");
    // When
    configMap("features", "list", "b");
    // Then
    awaitTrigger("mail");
    // When
    server.client().secrets().inNamespace(namespace).withName("db").delete();
    // Then
    awaitTrigger("mail", "orders");
    // When
    secret("db", "two");
    // Then
    awaitTrigger("mail", "orders");
    // When
    secret("later", "now");
    // Then
    awaitTrigger("other");
    assertThat(changes.messages).isEmpty();
  }

  @Test
  void watchesAreOpenOnlyWhileSomethingDependsOnTheirSources() {
    assertThat(sizes()).containsEntry("SourceWatches.open", 0L);

    sources.depends(orders, Set.of(DB));
    assertThat(sizes()).containsEntry("SourceWatches.open", 1L);
    awaitLive(1);

    sources.depends(orders, Set.of(DB, FEATURES));
    assertThat(sizes()).containsEntry("SourceWatches.open", 2L);

    sources.depends(orders, Set.of());
    assertThat(sizes().values()).containsOnly(0L);
  }

  @Test
  void theVersionOfAWatchedSourceIsKnownWithoutARead() {
    // Given
    secret("db", "one");
    sources.depends(orders, Set.of(DB, SourceKey.secret("missing")));

    // When
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> sources.versions(namespace, Set.of(DB)).containsKey(DB));

    // Then
    ValueSource read = sources.read(namespace, Set.of(DB)).get(DB);
    assertThat(sources.versions(namespace, Set.of(DB, FEATURES)))
        .containsOnly(Map.entry(DB, Objects.requireNonNull(read).version()));
  }

  @Test
  void stepsOfAWriterAreOneTrigger() {
    // Given
    secret("db", "one");
    sources.depends(orders, Set.of(DB));
    awaitLive(1);
    sources.read(namespace, Set.of(DB));

    // When
    secret("db", "two");
    server.client().secrets().inNamespace(namespace).withName("db").delete();
    secret("db", "three");

    // Then
    awaitTrigger("orders");
    assertThat(text(sources.read(namespace, Set.of(DB)).get(DB))).isEqualTo("three");
  }

  @Test
  void manyUnrelatedObjectsLeaveNothingBehind() {
    // Given
    IntStream.range(0, 1_200).parallel().forEach(number -> configMap("c-" + number, "k", "v"));

    // When
    sources.depends(orders, Set.of(FEATURES, SourceKey.configMap("c-700")));
    awaitLive(1);

    // Then
    assertThat(sizes())
        .containsEntry("SourceIndex.entries", 2L)
        .containsEntry("SourceWatches.open", 1L);
    assertThat(sizes().values()).allMatch(size -> size <= 2);
    assertThat(sources.versions(namespace, Set.of(SourceKey.configMap("c-700")))).hasSize(1);
  }

  private static String text(@Nullable ValueSource source) {
    return source instanceof ValueSource.Present present
        ? present.values().getOrDefault("password", "")
        : "";
  }

  private void awaitTrigger(String... names) {
    Awaitility.await("a trigger of " + String.join(", ", names))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(changes.triggers).isNotEmpty());
    assertThat(changes.triggers.removeFirst()).containsExactly(names);
    assertThat(changes.triggers).isEmpty();
  }

  private void awaitLive(long watches) {
    Awaitility.await().atMost(PATIENCE).until(() -> sources.liveWatches() == watches);
  }

  private WatchedSources sources(WatchScope scope) {
    return new WatchedSources(server.client(), scope, changes, Timing.system());
  }

  private Map<String, Long> sizes() {
    StateSizes sizes = new StateSizes();
    sources.sizes(sizes);
    return sizes.byName();
  }

  private void secret(String name, String password) {
    server
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("password", password)
                .build())
        .serverSideApply();
  }

  private void configMap(String name, String key, String text) {
    server
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToData(key, text)
                .build())
        .serverSideApply();
  }
}
