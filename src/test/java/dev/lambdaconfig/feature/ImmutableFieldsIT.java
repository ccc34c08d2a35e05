package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** The function of a resource is immutable; each other field may change. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImmutableFieldsIT {

  private static final String PINNED = "functionName: orders\nregion: eu-west-1\n";

  private final Admission admission = new Admission(ImmutableFieldsIT.class);
  private String name = "";

  @BeforeEach
  void freshName(TestInfo test) {
    name = test.getDisplayName().replace("()", "").toLowerCase(Locale.ROOT);
  }

  @Test
  void theFunctionCannotBeExchanged() {
    admission.apply(name, "functionName: orders");

    assertThat(admission.refusalOf(name, "functionName: payments"))
        .contains("spec.functionName: Forbidden: functionName is immutable: to manage another")
        .contains("create another LambdaFunctionConfig and delete this one");
    assertThat(admission.refusalOf(name, "functionName: 'orders:$LATEST'")).contains("immutable");
  }

  @Test
  void theRegionCannotBeChanged() {
    admission.apply(name, PINNED);

    assertThat(admission.refusalOf(name, "functionName: orders\nregion: us-east-1"))
        .contains("region is immutable and can be neither added nor removed");
  }

  @Test
  void theRegionCannotBeRemoved() {
    admission.apply(name, PINNED);

    assertThat(admission.refusalOf(name, "functionName: orders")).contains("region is immutable");
  }

  @Test
  void theRegionCannotBeAdded() {
    admission.apply(name, "functionName: orders");

    assertThat(admission.refusalOf(name, PINNED)).contains("region is immutable");
  }

  @Test
  void theRegionCannotBeAddedByReplacingEither() {
    GenericKubernetesResource there = admission.apply(name, "functionName: orders");

    String refusal =
        Admission.answer(
            () ->
                admission
                    .client(name, PINNED)
                    .lockResourceVersion(there.getMetadata().getResourceVersion())
                    .update());

    assertThat(refusal).contains("region is immutable");
  }

  @Test
  void settingsMayBeChangedClearedAndReleased() {
    admission.apply(name, PINNED + "timeout: 3\nlayers: []\nmode: Observe");

    assertThat(admission.refusalOf(name, PINNED + "timeout: 4\nmode: Enforce")).isNull();
    assertThat(admission.refusalOf(name, PINNED + "imageConfig: {command: [a]}")).isNull();
    assertThat(admission.refusalOf(name, PINNED)).isNull();
  }

  @Test
  void aNewResourceIsNotTakenForCurrentBeforeAnOperatorSawIt() {
    GenericKubernetesResource created = admission.client(name, "functionName: orders").create();

    assertThat(created.getAdditionalProperties().get("status"))
        .isEqualTo(Map.of("observedGeneration", -1));
  }

  @Test
  void anAppliedResourceIsNotTakenForCurrentBeforeAnOperatorSawIt() {
    GenericKubernetesResource applied = admission.apply(name, "functionName: orders");

    assertThat(applied.getAdditionalProperties().get("status"))
        .isEqualTo(Map.of("observedGeneration", -1));
  }

  @Test
  void theSchemaAddsNothingToTheSpec() {
    GenericKubernetesResource applied =
        admission.apply(name, "functionName: orders\nvpcConfig: {}\nloggingConfig: {}");

    assertThat(applied.getAdditionalProperties().get("spec"))
        .isEqualTo(
            Map.of("functionName", "orders", "vpcConfig", Map.of(), "loggingConfig", Map.of()));
  }
}
