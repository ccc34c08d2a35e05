package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environment variables that were kept for an earlier update: which ones the next may replace. */
final class EarlierValuesTest extends KeptValuesSetup {

  private static final String CHANGED_BY_OTHERS =
      "{RevisionId: r9, Timeout: 9, KMSKeyArn: '"
          + KEY
          + "', Environment: {Variables: {A: theirs}}}";
  private static final Answer FAILED_PRECONDITION =
      new Answer.Failed(new Failure("PreconditionFailedException", "changed", 412, null));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thoseOfAnUpdateThatWasOvertakenAreReplaced(boolean isInThisReconcile) {
    // Given
    keepProvisionally();
    resource.status.history = isInThisReconcile ? OPEN.records() : null;

    // When
    Step planned = resource.planned(CHANGED_BY_OTHERS).with(UpdateHistory.NONE);
    Verdict verdict =
        check(
            isInThisReconcile
                ? planned.submitted(FAILED_PRECONDITION, ManagedResource.NOW)
                : planned);

    // Then
    assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "theirs"));
    assertThat(variables(verdict.step())).isEqualTo(inSecret(true));
  }

  @Test
  void thoseOfAnUpdateThatMayHaveBeenAppliedStayForGood() {
    // Given: its answer was lost, and another writer changed what it set
    keepProvisionally();
    resource.status.history = OPEN.records();

    // When
    Verdict verdict = check(resource.read(CHANGED_BY_OTHERS));

    // Then
    assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
    assertThat(variables(verdict.step())).isEqualTo(inSecret(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "arn:aws:kms:eu-west-1:123456789012:key/other"})
  void noneAreReplacedWhileAwsCannotReadThem(String key) {
    // Given: nothing was applied
    keepProvisionally();
    resource.status.history = OPEN.records();

    // When
    Verdict verdict =
        check(
            resource.read(
                "{RevisionId: r0, State: Active, LastUpdateStatus: Successful, Timeout: 3,"
                    + " KMSKeyArn: '"
                    + key
                    + "', Environment: {Error: {ErrorCode: KMSAccessDeniedException, Message:"
                    + " no}}}"));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.step().update().plan().request()).doesNotContainKey("Environment");
    assertThat(secrets.read(resource.resource)).isEqualTo(Map.of("A", "old"));
    assertThat(variables(verdict.step())).isEqualTo(inSecret(true));
  }

  private void keepProvisionally() {
    check(resource.planned(BEFORE));
    resource.status.baseline = List.of(inSecret(true));
    restart();
  }
}
