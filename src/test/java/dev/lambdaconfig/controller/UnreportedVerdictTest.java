package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.source.SourceKey;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A function in order of which the API server took no status, and what changes before it does. */
final class UnreportedVerdictTest {

  private static final String SPEC = "{functionName: fn, memorySize: 256}";
  private static final String IGNORED = LambdaFunctionConfig.IGNORE_DRIFT;
  private static final String REQUESTED = "lambdaconfig.dev/reconcile-requested-at";

  private final InMemoryController controller = new InMemoryController();

  @Test
  void isReportedWithoutAnotherReadWhereNothingHasChanged() {
    // Given
    LambdaFunctionConfig own = foundInOrder();
    int reads = controller.aws.reads.size();

    // When
    controller.reconcile(own);

    // Then
    assertThat(controller.conditions(own)).contains("InSync");
    assertThat(controller.aws.reads).hasSize(reads);
  }

  @Test
  void doesNotCountForAnotherListOfIgnoredFields() {
    // Given: a drift that is ignored, and a look at it that somebody requested
    controller.aws.create("fn", "{MemorySize: 256}");
    LambdaFunctionConfig own = controller.create("team", "own", SPEC);
    annotate(own, Map.of(IGNORED, "memorySize"));
    controller.reconcile(own);
    controller.aws.create("fn", "{MemorySize: 512}");
    annotate(own, Map.of(IGNORED, "memorySize", REQUESTED, "now"));
    unreported(own);
    assertThat(controller.aws.updates).isEmpty();

    // When
    annotate(own, Map.of(REQUESTED, "now"));
    controller.reconcile(own);

    // Then
    assertThat(controller.aws.updates).containsExactly("fn");
  }

  @Test
  void doesNotCountForAResourceThatIsForbidden() throws PolicyException {
    // Given
    LambdaFunctionConfig own = foundInOrder();

    // When
    controller.policy = Policy.parse("rules: []");
    controller.reconcile(own);

    // Then
    assertThat(controller.conditions(own))
        .contains("Forbidden")
        .doesNotContain("the function matches");
  }

  @Test
  void doesNotCountForAnotherIdentity() throws PolicyException {
    // Given
    LambdaFunctionConfig own = foundInOrder();
    int reads = controller.aws.reads.size();

    // When
    controller.policy =
        Policy.parse(
            "identities: [{namespaces: [team], role: 'arn:aws:iam::123456789012:role/team'}]");
    controller.reconcile(own);

    // Then
    assertThat(controller.isReported(own)).isFalse();
    assertThat(controller.aws.reads).hasSize(reads);
  }

  @Test
  void doesNotCountForAFunctionThatAnOlderResourceOwns() {
    // Given: an older resource that claims nothing
    controller.aws.create("fn", "{MemorySize: 256}");
    LambdaFunctionConfig older =
        controller.create("team", "older", "{functionName: fn, memorySize: 256, mode: Observe}");
    controller.reconcile(older);
    LambdaFunctionConfig own = controller.create("team", "own", SPEC);
    unreported(own);

    // When
    LambdaFunctionConfig enforcing = Serialization.clone(older);
    enforcing.setSpec(own.getSpec());
    enforcing.getMetadata().setGeneration(2L);
    controller.replace(enforcing).reconcile(enforcing).reconcile(own);

    // Then
    assertThat(controller.conditions(own))
        .contains("Conflict")
        .doesNotContain("the function matches");
  }

  @Test
  void leavesThePlacesForReadsOfValuesToOthers() {
    // Given: several whose verdict is reported without another read of their values
    controller.sources.put(SourceKey.secret("db"), Map.of("password", "p"));
    for (int i = 0; i < 5; i++) {
      controller.aws.create("fn" + i, "{Environment: {Variables: {PASSWORD: p}}}");
      LambdaFunctionConfig own = controller.create("team", "own" + i, ofSecret(i));
      unreported(own);
      controller.reconcile(own);
      assertThat(controller.conditions(own)).contains("InSync");
    }

    // When
    controller.aws.create("fn7", "{}");
    LambdaFunctionConfig other = controller.create("team", "other", ofSecret(7));
    controller.reconcile(other);

    // Then
    assertThat(controller.aws.updates).containsExactly("fn7");
    StateSizes sizes = new StateSizes();
    controller.module.sizes(sizes);
    assertThat(sizes.byName()).containsEntry("ReadPlaces.taken", 0L);
  }

  private static String ofSecret(int number) {
    return "{functionName: fn"
        + number
        + ", environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key:"
        + " password}}]}}";
  }

  private LambdaFunctionConfig foundInOrder() {
    controller.aws.create("fn", "{MemorySize: 256}");
    LambdaFunctionConfig own = controller.create("team", "own", SPEC);
    unreported(own);
    return own;
  }

  private void unreported(LambdaFunctionConfig resource) {
    controller.statuses.answer = StatusStore.Written.BUSY;
    controller.reconcile(resource);
    controller.statuses.answer = StatusStore.Written.DONE;
  }

  private void annotate(LambdaFunctionConfig resource, Map<String, String> annotations) {
    LambdaFunctionConfig annotated = Serialization.clone(resource);
    annotated.getMetadata().setAnnotations(annotations);
    controller.replace(annotated);
  }
}
