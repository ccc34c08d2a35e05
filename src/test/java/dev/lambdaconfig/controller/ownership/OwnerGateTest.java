package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.kube.NoEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What comes of an update whose function an older resource may own. */
final class OwnerGateTest {

  private static final String SPEC = "{timeout: 9}";

  private final ManagedResource older = new ManagedResource("team-a", "older", SPEC);
  private final ManagedResource younger = new ManagedResource("team-a", "younger", SPEC).younger();
  private final ManagedResource stranger =
      new ManagedResource("team-b", "stranger", SPEC).younger();
  private final ClaimedFunction function = new ClaimedFunction(older, younger, stranger);
  private final ManagedResource tenants =
      new ManagedResource(
          "team-a",
          "tenants",
          "{functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:fn', timeout: 9,"
              + " serviceAccountName: tenants}");
  private final ClaimedFunction ofAnotherIdentity = new ClaimedFunction(tenants, younger);
  private final OwnerGate gate = new OwnerGate(function.claims, new ChangeReporter(new NoEvents()));

  @Test
  void theUpdateOfTheOldestResourcePasses() {
    // Given
    function.isRead(older);

    // When
    Verdict verdict = check(older);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theUpdateOfAYoungerOneEndsInAConflictThatNamesItsNeighbour() {
    // Given
    function.isRead(older);
    function.isRead(younger);

    // When
    Verdict verdict = check(younger);

    // Then
    assertThat(conflict(verdict).message()).contains("team-a/older").contains("mode: Observe");
  }

  @Test
  void aResourceOfAnotherNamespaceIsNotToldWhoOwnsTheFunction() {
    // Given
    function.isRead(older);
    function.isRead(stranger);

    // When
    Verdict verdict = check(stranger);

    // Then
    assertThat(conflict(verdict).message()).doesNotContain("team-a").doesNotContain("/older");
  }

  @Test
  void nothingIsSentBeforeAwsHasShownWhetherTheOlderOneHasAClaim() {
    // Given: AWS has answered for the younger one only
    ofAnotherIdentity.isRead(younger);
    ofAnotherIdentity.triggered.clear();

    // When
    Verdict verdict = check(ofAnotherIdentity, younger.planned("{Timeout: 3}"));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade())
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            waiting -> assertThat(waiting.reason()).isEqualTo(OwnerGate.OWNER_UNKNOWN));
    assertThat(ofAnotherIdentity.triggered).containsExactly(tenants.uid());
  }

  @Test
  void aFunctionInOrderIsReportedMeanwhile() {
    // Given
    ofAnotherIdentity.isRead(younger);

    // When
    Verdict verdict =
        check(ofAnotherIdentity, younger.start().decided(new Decision.InSync(Duration.ZERO)));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aReportedConflictStaysReportedUntilThen() {
    // Given
    younger.with("Ready", "False", "Conflict");
    ofAnotherIdentity.isRead(younger);

    // Then
    assertThat(conflict(check(ofAnotherIdentity, younger.planned("{Timeout: 3}"))).message())
        .contains("team-a/tenants");
  }

  @Test
  void whoeverMayNotReadTheFunctionLearnsNothingOfItsOwner() {
    // Given
    ofAnotherIdentity.isReadBy(tenants, "tenants#1");
    ofAnotherIdentity.isDenied(younger);

    // When
    Verdict verdict = check(ofAnotherIdentity, younger.planned("{Timeout: 3}"));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
  }

  private Verdict check(ClaimedFunction named, Step step) {
    return new OwnerGate(named.claims, new ChangeReporter(new NoEvents()))
        .check(younger.reconciliation(), step);
  }

  private Verdict check(ManagedResource resource) {
    return gate.check(resource.reconciliation(), resource.planned("{Timeout: 3}"));
  }

  private static Decision.Stalled conflict(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade()).isInstanceOf(Decision.Stalled.class);
    Decision.Stalled stalled = (Decision.Stalled) verdict.step().decisionMade();
    assertThat(stalled.reason()).isEqualTo("Conflict");
    return stalled;
  }
}
