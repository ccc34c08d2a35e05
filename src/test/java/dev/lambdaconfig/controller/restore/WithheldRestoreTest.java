package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deletion restores what the policy lets it set, and reports of the rest what is missing. */
final class WithheldRestoreTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/";
  private static final String LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:";
  private static final String SPEC =
      "{timeout: 9, role: '" + ROLE + "team-a/x', deletionPolicy: Restore}";
  private static final String MERGED =
      "{layersPolicy: Merge, layers: ['" + LAYER + "team-a:2'], deletionPolicy: Restore}";

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final RecordedEvents events = new RecordedEvents();
  private final List<Reconciliation> attempts = new ArrayList<>();

  @BeforeEach
  void isHeld() {
    kubernetes.finalizers.add(RestoreFinalizer.NAME);
  }

  @Test
  void whatThePolicyDoesNotGiveTheNamespaceIsReportedAndTheRestRestored() throws Exception {
    // When
    restore(
        deleted(SPEC, field("role", ROLE + "admin"), field("timeout", 3L)),
        "{Role: '" + ROLE + "team-a/x', Timeout: 3}");

    // Then
    assertThat(attempted()).containsExactly("timeout");
    assertThatRoleIsReported();
  }

  @Test
  void theFirstOfTwoEntriesForAFieldHidesNoOther() throws Exception {
    // When
    restore(
        deleted(SPEC, field("role", ROLE + "admin"), field("role", ROLE + "team-a/former")),
        "{Role: '" + ROLE + "team-a/x'}");

    // Then
    assertThat(attempted()).isEmpty();
    assertThatRoleIsReported();
  }

  @Test
  void aFieldThatIsWhatItWasIsNotReportedThoughItIsWithheld() throws Exception {
    // When
    restore(
        deleted(SPEC, field("role", ROLE + "admin"), field("timeout", 3L)),
        "{Role: '" + ROLE + "admin', Timeout: 3}");

    // Then
    assertThat(attempted()).containsExactly("timeout");
    assertThat(events.all).isEmpty();
  }

  @Test
  void theFunctionIsReadForThatAlsoWhereEverythingIsWithheld() throws Exception {
    // When
    restore(deleted(SPEC, field("role", ROLE + "admin")), "{Role: '" + ROLE + "admin'}");

    // Then
    assertThat(attempted()).isEmpty();
    assertThat(events.all).isEmpty();
  }

  @Test
  void ofABlockTheFieldsThatDifferAreReported() throws Exception {
    // When
    restore(
        deleted(
            "{vpcConfig: {subnetIds: [subnet-1], securityGroupIds: [sg-2]},"
                + " deletionPolicy: Restore}",
            field("vpcConfig.subnetIds", List.of("subnet-1")),
            field("vpcConfig.securityGroupIds", List.of("sg-9"))),
        "{VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-2]}}");

    // Then
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.message())
                    .contains("vpcConfig.securityGroupIds")
                    .doesNotContain("vpcConfig.subnetIds"));
  }

  @Test
  void layersOfOtherWritersAreNotSetAndNeedNoPermission() throws Exception {
    // Given
    ManagedResource resource = deleted(MERGED, field("layers", List.of(LAYER + "datadog:1")));
    owns(resource, LAYER + "team-a:2");

    // When
    restore(resource, "{Layers: [{Arn: '" + LAYER + "datadog:1'}]}");

    // Then
    assertThat(attempted()).containsExactly("layers");
    assertThat(
            request("{Layers: [{Arn: '%1$sdatadog:1'}, {Arn: '%1$steam-a:2'}]}".formatted(LAYER)))
        .isEqualTo("{Layers=[" + LAYER + "datadog:1]}");
    assertThat(events.all).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aForgedOwnershipOfALayerSetsNoneThatThePolicyForbids(boolean announced) throws Exception {
    // Given
    ManagedResource resource = deleted(MERGED, field("layers", List.of(LAYER + "payroll:1")));
    List<String> forged = List.of(LAYER + "payroll:7");
    resource.status.owned =
        List.of(new OwnedEntries("layers", announced ? null : forged, announced ? forged : null));

    // When
    restore(resource, "{Layers: [{Arn: '" + LAYER + "team-a:2'}]}");

    // Then
    assertThat(attempted()).isEmpty();
    assertThat(events.all)
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains(LAYER + "payroll:1"));
  }

  private static ManagedResource deleted(String spec, BaselineField... baseline) {
    ManagedResource resource = new ManagedResource(spec).deleted(RestoreFinalizer.NAME);
    resource.status.baseline = List.of(baseline);
    return resource;
  }

  private static BaselineField field(String path, Object value) {
    return new BaselineField(path, value, null);
  }

  private static void owns(ManagedResource resource, String... layers) {
    resource.status.owned = List.of(new OwnedEntries("layers", List.of(layers), null));
  }

  /** Restores a resource whose function is in sync and as given at last. */
  private void restore(ManagedResource resource, String function) throws PolicyException {
    Policy policy =
        Policy.parse(
            """
            rules:
              - namespaces: [team-a]
                roles: ["*/team-a/*"]
                layers: ["*:layer:team-a:*"]
                securityGroups: [sg-2]
            """);
    ObservedFunction found = TestSpecs.function(function);
    Gate attempt =
        (reconciliation, step) -> {
          attempts.add(reconciliation);
          return Verdict.decide(step.knowing(found), new Decision.InSync(Duration.ofMinutes(10)));
        };
    Step start = resource.start();
    RestoredResource.workflow(
            attempt,
            new Authorization(() -> policy, ManagedResource.TARGETS),
            kubernetes,
            new RestoreDeadline(Duration.ofMinutes(10), () -> 0),
            events)
        .run(resource.reconciliation(), start);
    assertThat(kubernetes.finalizers).isEmpty();
  }

  /** The fields that the only attempt restores. */
  private List<String> attempted() {
    assertThat(attempts).hasSize(1);
    return attempts.getFirst().managed().managedPaths();
  }

  /** What the only attempt sends to a function. */
  private String request(String function) {
    return Diff.between(attempts.getFirst().managed(), TestSpecs.function(function))
        .request()
        .toString();
  }

  private void assertThatRoleIsReported() {
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("RestoreAbandoned");
              assertThat(event.message()).contains("role " + ROLE + "admin");
              assertThat(event.message()).doesNotContain("timeout");
            });
  }
}
