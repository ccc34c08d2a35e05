package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.model.Value;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The baseline that goes into the status, and where its environment variables are kept. */
final class BaselineGateTest {

  private static final String RESTORE =
      "{timeout: 9, environment: {variables: {A: b}}, deletionPolicy: Restore}";
  private static final String VARIABLES = "environment.variables";

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final RecordedEvents events = new RecordedEvents();
  private final BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
  private final ManagedResource resource = new ManagedResource(RESTORE);

  @Test
  void fieldsAreTakenOverAsTheyWereReadButNoEnvironmentVariables() {
    // When
    Step step = passed(resource.planned("{Timeout: 3, Environment: {Variables: {A: old}}}"));

    // Then
    assertThat(step.baseline().fields()).containsExactly(new BaselineField("timeout", 3L, null));
    assertThat(kubernetes.requests).isEmpty();
  }

  @Test
  void theFirstValueOfAFieldStays() {
    // Given
    BaselineField first = new BaselineField("timeout", 3L, null);
    resource.status.baseline = List.of(first);

    // When
    Step step = passed(resource.planned("{Timeout: 5}"));

    // Then
    assertThat(step.baseline().fields()).contains(first).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void aFunctionThatIsBeingUpdatedShowsNoFirstValues() {
    // When
    Step step = passed(resource.planned("{Timeout: 3, LastUpdateStatus: InProgress}"));

    // Then
    assertThat(step.baseline().fields()).isNull();
  }

  @Test
  void nothingIsTakenOverWhereNothingIsToBeRestored() {
    // Given
    ManagedResource retained = new ManagedResource("{timeout: 9}");
    ManagedResource deleted = new ManagedResource(RESTORE).deleted(RestoreFinalizer.NAME);

    // Then
    for (ManagedResource left : List.of(retained, deleted)) {
      Step step = left.planned("{Timeout: 3}");
      assertThat(gate(OperatorMode.ENFORCE).check(left.reconciliation(), step))
          .isEqualTo(Verdict.pass(step));
    }
    Step step = resource.planned("{Timeout: 3}");
    assertThat(gate(OperatorMode.OBSERVE).check(resource.reconciliation(), step))
        .isEqualTo(Verdict.pass(step));
  }

  /** Environment variables that an earlier version kept in the namespace of the resource. */
  @Nested
  final class OfAnEarlierVersion {

    private final String own = BaselineSecrets.nameFor(resource.resource);
    private final String former = FormerBaselineSecrets.nameFor(resource.resource);

    OfAnEarlierVersion() {
      statusNames(former);
      kubernetes.storeOwned("team-a/" + former, resource.uid(), Map.of("A", "b2xk"));
    }

    @Test
    void areMovedIntoTheOperatorsNamespace() {
      // When
      Step step = passed(resource.start());

      // Then
      assertThat(step.baseline().secretName()).isEqualTo(own);
      assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
      assertThat(kubernetes.secrets).containsOnlyKeys("operator/" + own);
    }

    @Test
    void areMovedAlsoWhereTheyMayNotBeDeleted() {
      // Given
      kubernetes.refusal = 403;
      kubernetes.refused = "delete"::equals;

      // When
      Step step = passed(resource.start());

      // Then
      assertThat(step.baseline().secretName()).isEqualTo(own);
      assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
      assertThat(events.all).isEmpty();
    }

    @Test
    void replaceNoneThatAreKeptAlready() {
      // Given
      secrets.keep(resource.resource, Map.of("A", new Value.Secret("older")), false);

      // When
      Step step = passed(resource.start());

      // Then
      assertThat(step.baseline().secretName()).isEqualTo(own);
      assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "older"));
    }

    @Test
    void areReportedOnceWhereTheyCannotBeReadAndTheResourceIsKept() {
      // Given
      kubernetes.refusal = 403;

      // When
      Step step = passed(resource.start());
      after(Duration.ofHours(1));
      passed(resource.start());

      // Then
      assertThat(step.baseline().secretName()).isEqualTo(former);
      assertThat(events.all)
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.reason()).isEqualTo("BaselineNotMoved");
                assertThat(event.message())
                    .contains(former)
                    .contains("operator")
                    .contains("403")
                    .doesNotContain("b2xk");
              });
    }

    @Test
    void areTriedAgainAfterAnHour() {
      // Given
      kubernetes.refusal = 403;
      passed(resource.start());
      kubernetes.refusal = 0;
      kubernetes.requests.clear();

      // When
      after(Duration.ofMinutes(59));
      Step before = passed(resource.start());
      assertThat(kubernetes.requests).isEmpty();
      after(Duration.ofHours(1));
      Step later = passed(resource.start());

      // Then
      assertThat(before.baseline().secretName()).isEqualTo(former);
      assertThat(later.baseline().secretName()).isEqualTo(own);
    }

    @Test
    void areReportedAgainWhereTheyWereReadInBetween() {
      // Given
      kubernetes.refusal = 403;
      passed(resource.start());
      kubernetes.refusal = 0;
      after(Duration.ofHours(1));
      passed(resource.start());
      kubernetes.refusal = 403;

      // When
      passed(resource.start());

      // Then
      assertThat(events.all).hasSize(2);
    }

    @Test
    void areLookedForOnceAnHourWhereTheyAreLost() {
      // Given
      kubernetes.secrets.clear();

      // When
      Step step = passed(resource.start());
      int requests = kubernetes.requests.size();
      passed(resource.start());

      // Then
      assertThat(step.baseline().secretName()).isEqualTo(former);
      assertThat(kubernetes.requests).hasSize(requests);
      assertThat(kubernetes.secrets).isEmpty();
    }

    @Test
    void stayWhereTheOperatorKnowsNoNamespaceOfItsOwn() {
      // When
      Verdict verdict =
          gate(
                  new BaselineSecrets(kubernetes.client, null, Clock.systemUTC()),
                  OperatorMode.ENFORCE)
              .check(resource.reconciliation(), resource.start());

      // Then
      assertThat(verdict.step().baseline().secretName()).isEqualTo(former);
      assertThat(kubernetes.requests).isEmpty();
    }

    @Test
    void areReadByTheirOwnNameOnlyWhateverTheStatusSays() {
      // Given
      statusNames("somebody-elses");
      kubernetes.storeOwned("team-a/somebody-elses", resource.uid(), Map.of("A", "eA=="));

      // When
      Step step = passed(resource.start());

      // Then
      assertThat(step.baseline().secretName()).isEqualTo(own);
      assertThat(kubernetes.requests).isEmpty();
      assertThat(secrets.read(resource.resource)).isNull();
    }

    private void statusNames(@Nullable String secretName) {
      resource.status.baseline = List.of(new BaselineField(VARIABLES, null, secretName));
    }

    private void after(Duration time) {
      resource.at(ManagedResource.NOW.plus(time));
    }
  }

  private Step passed(Step step) {
    Verdict verdict = gate(OperatorMode.ENFORCE).check(resource.reconciliation(), step);
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    return verdict.step();
  }

  private BaselineGate gate(OperatorMode mode) {
    return gate(secrets, mode);
  }

  private BaselineGate gate(BaselineSecrets own, OperatorMode mode) {
    return new BaselineGate(
        own, new FormerBaselineSecrets(kubernetes.client), mode, new ChangeReporter(events));
  }
}
