package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The annotations by which a person or a tool requests a reconcile. */
final class ReconcileRequestTest {

  private static final String OWN = "lambdaconfig.dev/reconcile-requested-at";
  private static final String FLUX = "reconcile.fluxcd.io/requestedAt";

  @Test
  void isNoneWithoutAnnotations() {
    assertThat(ReconcileRequest.token(annotated(null))).isNull();
    assertThat(ReconcileRequest.release(annotated(null))).isNull();
    assertThat(ReconcileRequest.token(annotated(Map.of("other", "x")))).isNull();
  }

  @Test
  void isOfEitherAnnotationAndOfBoth() {
    assertThat(ReconcileRequest.token(annotated(Map.of(OWN, "a")))).isEqualTo("a");
    assertThat(ReconcileRequest.token(annotated(Map.of(FLUX, "b")))).isEqualTo("b");
    assertThat(ReconcileRequest.token(annotated(Map.of(OWN, "a", FLUX, "b")))).isEqualTo("a,b");
    assertThat(ReconcileRequest.token(annotated(Map.of(OWN, "a", FLUX, "a")))).isEqualTo("a");
  }

  @Test
  void theReleaseOfPausedUpdatesIsNoRequest() {
    // Given
    LambdaFunctionConfig resource = annotated(Map.of(ReconcileRequest.RELEASE, "now"));

    // Then
    assertThat(ReconcileRequest.release(resource)).isEqualTo("now");
    assertThat(ReconcileRequest.token(resource)).isNull();
  }

  @Test
  void theCacheHoldsTheseAnnotationsOnly() {
    assertThat(ReconcileRequest.isRead(OWN)).isTrue();
    assertThat(ReconcileRequest.isRead(FLUX)).isTrue();
    assertThat(ReconcileRequest.isRead(ReconcileRequest.RELEASE)).isTrue();
    assertThat(ReconcileRequest.isRead("kubectl.kubernetes.io/last-applied-configuration"))
        .isFalse();
  }

  @Test
  void aLongValueIsCutAndStillDiffersFromOthers() {
    // Given
    String whole = "x".repeat(ReconcileRequest.LONGEST);

    // Then
    assertThat(ReconcileRequest.bounded(whole)).isEqualTo(whole);
    assertThat(ReconcileRequest.bounded(whole + "a"))
        .hasSize(ReconcileRequest.LONGEST)
        .isNotEqualTo(ReconcileRequest.bounded(whole + "b"));
  }

  @Test
  void aLongValueIsNotCutWithinACharacter() {
    // Given: the last character that fits takes two places
    String value = "x".repeat(190) + "\uD83D\uDE00" + "x".repeat(200);

    // When
    String bounded = ReconcileRequest.bounded(value);

    // Then
    assertThat(bounded).startsWith("x".repeat(190) + "…").hasSize(ReconcileRequest.LONGEST - 1);
  }

  private static LambdaFunctionConfig annotated(@Nullable Map<String, String> annotations) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setAnnotations(annotations);
    return resource;
  }
}
