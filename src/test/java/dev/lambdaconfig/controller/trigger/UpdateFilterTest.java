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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes of a resource bring a reconcile. */
final class UpdateFilterTest {

  private final LambdaFunctionConfig before = new ManagedResource("{timeout: 9}").resource;
  private final LambdaFunctionConfig now = before.copy();
  private final UpdateFilter filter = new UpdateFilter((changed, earlier) -> false);

  static Stream<Named<Consumer<ObjectMeta>>> news() {
    return Stream.of(
        named("another resource of the same name", metadata -> metadata.setUid("another")),
        named("another spec", metadata -> metadata.setGeneration(7L)),
        annotated("lambdaconfig.dev/reconcile-requested-at"),
        annotated("reconcile.fluxcd.io/requestedAt"),
        annotated(ReconcileRequest.RELEASE),
        annotated(LambdaFunctionConfig.IGNORE_DRIFT),
        named("deletion", metadata -> metadata.setDeletionTimestamp("2026-11-29T10:00:00Z")),
        named("finalizer", metadata -> metadata.setFinalizers(List.of(RestoreFinalizer.NAME))));
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
  @ValueSource(
      strings = {
        "lambdaconfig.dev/reconcile-requested-at",
        "reconcile.fluxcd.io/requestedAt",
        ReconcileRequest.RELEASE,
        LambdaFunctionConfig.IGNORE_DRIFT
      })
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
    List<LambdaFunctionConfig> asked = new ArrayList<>();
    UpdateFilter ofOthers =
        new UpdateFilter(
            (changed, earlier) -> {
              asked.addAll(List.of(changed, earlier));
              return true;
            });

    // When
    boolean accepted = ofOthers.accept(now, before);

    // Then
    assertThat(accepted).isTrue();
    assertThat(asked.getFirst()).isSameAs(now);
    assertThat(asked.getLast()).isSameAs(before);
  }

  @Test
  void theStatusIsLookedAtWhateverElseHasChanged() {
    // Given
    AtomicInteger looks = new AtomicInteger();
    UpdateFilter counting =
        new UpdateFilter(
            (changed, earlier) -> {
              looks.incrementAndGet();
              return false;
            });

    // When
    now.getMetadata().setGeneration(7L);
    boolean accepted = counting.accept(now, before);

    // Then
    assertThat(accepted).isTrue();
    assertThat(looks).hasValue(1);
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
