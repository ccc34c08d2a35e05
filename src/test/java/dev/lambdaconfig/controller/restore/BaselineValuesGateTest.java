package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environment variables: which updates wait until they are kept, and what is kept for good. */
final class BaselineValuesGateTest extends KeptValuesSetup {

  private static final String ONLY_TIMEOUT_DIFFERS =
      "{Timeout: 3, KMSKeyArn: '" + KEY + "', Environment: {Variables: {A: new}}}";
  private final String secretName = BaselineSecrets.nameFor(resource.resource);

  @Nested
  final class BeforeAnUpdate {

    @Test
    void variablesAreKeptForAnUpdateThatChangesThem() {
      // When
      Verdict verdict = check(resource.planned(BEFORE));

      // Then
      assertThat(verdict).isInstanceOf(Verdict.Pass.class);
      assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
      assertThat(variables(verdict.step())).isEqualTo(inSecret(true));
    }

    @Test
    void soAreTheyForOneThatMakesThemUnreadable() {
      // When: another key is to be set
      Verdict verdict = check(resource.planned("{Timeout: 9, Environment: {Variables: {A: new}}}"));

      // Then
      assertThat(verdict).isInstanceOf(Verdict.Pass.class);
      assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "new"));
    }

    @Test
    void noneAreKeptForAnUpdateThatCannotChangeThem() {
      // Given
      Step planned = resource.planned(ONLY_TIMEOUT_DIFFERS);

      // When
      Verdict verdict = check(planned);

      // Then
      assertThat(verdict).isEqualTo(Verdict.pass(planned));
      assertThat(kubernetes.requests).isEmpty();
    }

    @Test
    void aFunctionWithoutVariablesNeedsNoSecret() {
      // Given
      kubernetes.refusal = 403;

      // When
      Verdict verdict = check(resource.planned("{Timeout: 9}"));

      // Then
      assertThat(verdict).isInstanceOf(Verdict.Pass.class);
      assertThat(variables(verdict.step()))
          .isEqualTo(new BaselineField("environment.variables", null, null));
      assertThat(kubernetes.requests).isEmpty();
    }

    @Test
    void thoseThatAnEarlierProcessKeptStayForGood() {
      // Given: its status was never written
      check(resource.planned(BEFORE));
      restart();

      // When
      Verdict verdict =
          check(resource.planned("{Timeout: 9, Environment: {Variables: {A: changed}}}"));

      // Then
      assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
      assertThat(variables(verdict.step())).isEqualTo(inSecret(false));
    }

    @Test
    void noneAreKeptWhereNothingIsToBeRestored() {
      // Given
      ManagedResource retained =
          new ManagedResource("{timeout: 9, environment: {variables: {A: new}}}");
      ManagedResource deleted = new ManagedResource(RESTORE).deleted(RestoreFinalizer.NAME);

      // Then
      for (ManagedResource left : List.of(retained, deleted)) {
        Step planned = left.planned(BEFORE);
        assertThat(gate(OperatorMode.ENFORCE).check(left.reconciliation(), planned))
            .isEqualTo(Verdict.pass(planned));
      }
      Step planned = resource.planned(BEFORE);
      assertThat(gate(OperatorMode.OBSERVE).check(resource.reconciliation(), planned))
          .isEqualTo(Verdict.pass(planned));
      assertThat(kubernetes.requests).isEmpty();
    }
  }

  /** Each ends the reconcile, so that the update is not sent. */
  @Nested
  final class WhereTheyCannotBeKept {

    @Test
    void aMissingRightIsStalledByName() {
      // Given
      kubernetes.refusal = 403;

      // Then
      assertThatItIsStalled("RestoreForbidden")
          .contains("create, get, list and delete secrets in namespace operator")
          .contains("deletionPolicy: Retain");
    }

    @Test
    void aQuotaIsStalledByItsNameAndNoRightIsMissed() {
      // Given
      kubernetes.refusal = 403;
      kubernetes.refusalMessage =
          "secrets \"x\" is forbidden: exceeded quota: few, requested: secrets=1, used: secrets=9,"
              + " limited: secrets=9";

      // Then
      assertThatItIsStalled("RestoreRefused")
          .contains("the ResourceQuota few, which is used up (secrets=9)")
          .contains("namespace operator")
          .doesNotContain("RBAC");
    }

    @Test
    void anUnknownNamespaceIsStalledWithWhatToSet() {
      // Given
      secrets = new BaselineSecrets(kubernetes.client, null, Clock.systemUTC());

      // Then
      assertThatItIsStalled("RestoreForbidden")
          .contains("--operator-namespace")
          .contains("deletionPolicy: Retain");
      assertThat(kubernetes.requests).isEmpty();
    }

    @Test
    void aSecretOfAnotherOwnerIsStalledAndStays() {
      // Given
      kubernetes.storeOwned("operator/" + secretName, "another", Map.of("A", "eA=="));
      Secret taken = kubernetes.secrets.get("operator/" + secretName);

      // Then
      assertThatItIsStalled("BaselineSecretTaken").contains(secretName).contains("delete it");
      assertThat(kubernetes.secrets).containsValue(taken);
    }

    @Test
    void anotherFailureEndsTheReconcileWithAllThatItKnows() {
      // Given
      kubernetes.refusal = 500;
      Step planned = resource.planned(BEFORE);

      // When
      Verdict verdict = check(planned);

      // Then
      assertThat(verdict).isInstanceOf(Verdict.Failed.class);
      assertThat(verdict.step()).isEqualTo(planned);
    }

    private AbstractStringAssert<?> assertThatItIsStalled(String reason) {
      Verdict verdict = check(resource.planned(BEFORE));
      assertThat(verdict).isInstanceOf(Verdict.Decide.class);
      assertThat(verdict.step().baseline().secretName()).isNull();
      Decision.Stalled stalled = (Decision.Stalled) verdict.step().decisionMade();
      assertThat(stalled.reason()).isEqualTo(reason);
      return assertThat(stalled.message()).doesNotContain("old");
    }
  }

  @Nested
  final class AfterAnUpdate {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thoseOfAnUpdateThatWasAppliedAreKeptForGood(boolean cacheIsBehind) {
      // Given: the cache, or this process's own last write, shows that it was sent
      resource.status.baseline = List.of(inSecret(true));
      if (cacheIsBehind) {
        LambdaFunctionConfigStatus written = new LambdaFunctionConfigStatus();
        written.history = OPEN.records();
        statuses.write(resource.resource, written);
      } else {
        resource.status.history = OPEN.records();
      }

      // When
      Step ended =
          resource
              .planned(ONLY_TIMEOUT_DIFFERS)
              .with(OPEN.endedWith(UpdateHistory.SUCCEEDED, "r1"));
      Verdict verdict = check(ended);

      // Then
      assertThat(variables(verdict.step())).isEqualTo(inSecret(false));
      assertThat(kubernetes.requests).isEmpty();
    }
  }
}
