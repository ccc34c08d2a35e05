package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which changes of a resource bring a reconcile. */
final class UpdateFilterTest {

  private final LambdaFunctionConfig before = new ManagedResource("{timeout: 9}").resource;
  private final LambdaFunctionConfig now = before.copy();

  /** The versions whose statuses the filter had compared, the later one of each pair first. */
  private final List<LambdaFunctionConfig> compared = new ArrayList<>();

  private boolean byOthers;
  private final UpdateFilter filter =
      new UpdateFilter(
          (changed, earlier) -> {
            compared.addAll(List.of(changed, earlier));
            return byOthers;
          });

  static List<String> annotations() {
    return List.of(
        "lambdaconfig.dev/reconcile-requested-at",
        "reconcile.fluxcd.io/requestedAt",
        ReconcileRequest.RELEASE,
        LambdaFunctionConfig.IGNORE_DRIFT);
  }

  static Stream<Named<Consumer<ObjectMeta>>> news() {
    return Stream.concat(
        annotations().stream().map(UpdateFilterTest::annotated),
        Stream.of(
            named("another resource of the same name", metadata -> metadata.setUid("another")),
            named("another spec", metadata -> metadata.setGeneration(7L)),
            named("deletion", metadata -> metadata.setDeletionTimestamp("2026-11-29T10:00:00Z")),
            named(
                "finalizer", metadata -> metadata.setFinalizers(List.of(RestoreFinalizer.NAME)))));
  }

  @ParameterizedTest
  @MethodSource("news")
  void newsBringsAReconcile(Consumer<ObjectMeta> change) {
    // When
    change.accept(now.getMetadata());

    // Then
    assertThat(filter.accept(now, before)).isTrue();
    assertThat(filter.accept(before, now)).isTrue();
  }

  static Stream<Named<Consumer<ObjectMeta>>> nothingNew() {
    return Stream.of(
        named("another resourceVersion", metadata -> metadata.setResourceVersion("4711")),
        named("labels", metadata -> metadata.setLabels(Map.of("team", "orders"))),
        annotated("team"),
        named("another finalizer", metadata -> metadata.setFinalizers(List.of("a.b/other"))));
  }

  @ParameterizedTest
  @MethodSource("nothingNew")
  void anythingElseBringsNoReconcile(Consumer<ObjectMeta> change) {
    // When
    change.accept(now.getMetadata());

    // Then
    assertThat(filter.accept(now, before)).isFalse();
    assertThat(filter.accept(before, now)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("annotations")
  void anotherValueOfAnAnnotationBringsAReconcile(String annotation) {
    // When
    before.getMetadata().setAnnotations(Map.of(annotation, "timeout"));
    now.getMetadata().setAnnotations(Map.of(annotation, "memorySize"));

    // Then
    assertThat(filter.accept(now, before)).isTrue();
  }

  @Test
  void aStatusOfTheOperatorBringsNoReconcile() {
    // When
    now.setStatus(new LambdaFunctionConfigStatus());

    // Then
    assertThat(filter.accept(now, before)).isFalse();
  }

  @Test
  void aStatusOfOthersBringsAReconcile() {
    // Given
    byOthers = true;

    // When
    boolean accepted = filter.accept(now, before);

    // Then
    assertThat(accepted).isTrue();
    assertThat(compared.getFirst()).isSameAs(now);
    assertThat(compared.getLast()).isSameAs(before);
  }

  @Test
  void theStatusIsLookedAtWhateverElseHasChanged() {
    // When
    now.getMetadata().setGeneration(7L);
    boolean accepted = filter.accept(now, before);

    // Then
    assertThat(accepted).isTrue();
    assertThat(compared).hasSize(2);
  }

  @Test
  void aVersionSharesItsNamesWithTheOneBefore() {
    // Given
    String uid = before.getMetadata().getUid();
    now.getMetadata().setUid(String.valueOf(uid.toCharArray()));

    // When
    boolean accepted = filter.accept(now, before);

    // Then
    assertThat(accepted).isFalse();
    assertThat(now.getMetadata().getUid()).isSameAs(uid);
  }

  private static Named<Consumer<ObjectMeta>> annotated(String annotation) {
    return named(annotation, metadata -> metadata.setAnnotations(Map.of(annotation, "timeout")));
  }
}
