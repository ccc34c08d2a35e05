package dev.lambdaconfig.decision.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The outcome of a recorded update, as a function at rest shows it. */
final class OpenUpdateTest {

  private static final RetryState.Accepted ACCEPTED =
      new RetryState.Accepted("m1", Instant.EPOCH, null);
  private static final UpdateRecord OPEN = record(UpdateHistory.IN_PROGRESS);
  private static final String FAILED =
      "{RevisionId: r2, LastUpdateStatus: Failed, LastUpdateStatusReasonCode: EniLimit";
  private static final Plan CLOSED = Plan.NOTHING;
  private static final Plan DIFFERS =
      new Plan(List.of("timeout"), List.of(), new TreeMap<>(), List.of(), false);

  @Test
  void isDroppedWhereTheRevisionHasNotMoved() {
    assertThat(outcomes("{RevisionId: r1}", DIFFERS, null)).isEmpty();
    assertThat(outcomes("{RevisionId: r1}", CLOSED, null)).isEmpty();
  }

  @Test
  void isKeptWhereTheRevisionHasNotMovedAndAwsAcceptedIt() {
    assertThat(outcomes("{RevisionId: r1, LastModified: m1}", DIFFERS, ACCEPTED))
        .containsExactly(UpdateHistory.NOT_APPLIED);
  }

  @Test
  void isDroppedWhereAnotherFromTheSameRevisionTookEffect() {
    // Given
    UpdateRecord other = record(UpdateHistory.SUCCEEDED);

    // Then
    assertThat(outcomes("{RevisionId: r2}", CLOSED, null, other))
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void endsWithTheCodeOfAFailureOrTheWordFailed() {
    assertThat(outcomes(FAILED + ", LastModified: m1}", DIFFERS, ACCEPTED))
        .containsExactly("EniLimit");
    assertThat(
            outcomes(
                "{RevisionId: r2, LastUpdateStatus: Failed, LastModified: m1}", DIFFERS, ACCEPTED))
        .containsExactly("Failed");
  }

  @Test
  void endsWithTheCodeWhereAwsPutsEverythingBackThatItChanged() {
    assertThat(outcomes(FAILED + ", LastModified: m0}", DIFFERS, ACCEPTED))
        .containsExactly("EniLimit");
  }

  @Test
  void endsWithTheCodeWhereTheAnswerWasLostAndTheFunctionShowsItsFields() {
    assertThat(outcomes(FAILED + "}", CLOSED, null)).containsExactly("EniLimit");
  }

  @Test
  void endsWithTheCodeWhereTheAnswerWasLostAndTheSpecHasChangedSince() {
    // Given
    UpdateHistory history = new UpdateHistory(List.of(OPEN));

    // When
    UpdateHistory settled =
        history.settled(function(FAILED + "}"), DIFFERS, DesiredVersion.of(2), null);

    // Then
    assertThat(settled.records()).extracting(UpdateRecord::outcome).containsExactly("EniLimit");
  }

  @Test
  void isDroppedWhereNothingShowsThatTheFailedUpdateIsThisOne() {
    assertThat(outcomes(FAILED + "}", DIFFERS, null)).isEmpty();
  }

  @Test
  void succeedsWhereTheFailedUpdateIsOfAnotherWriterSince() {
    assertThat(outcomes(FAILED + ", LastModified: m2}", CLOSED, ACCEPTED))
        .containsExactly(UpdateHistory.SUCCEEDED);
    assertThat(outcomes(FAILED + ", LastModified: m2}", DIFFERS, ACCEPTED))
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void succeedsWhereTheFunctionShowsItsFields() {
    assertThat(outcomes("{RevisionId: r2}", CLOSED, null)).containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void isDroppedWhereNothingShowsThatItWasSent() {
    assertThat(outcomes("{RevisionId: r2}", DIFFERS, null)).isEmpty();
  }

  @Test
  void isRememberedAsUnprovenWhereAnotherWriterMayHaveChangedWhatItSet() {
    // Given
    UpdateHistory open = new UpdateHistory(List.of(OPEN));
    UpdateHistory twice = new UpdateHistory(List.of(OPEN, record(UpdateHistory.SUCCEEDED)));

    // Then
    assertThat(unproven(open, "{RevisionId: r2}", DIFFERS)).isEqualTo(OPEN);
    assertThat(unproven(twice, "{RevisionId: r2}", DIFFERS)).isEqualTo(OPEN);
    assertThat(unproven(open, "{RevisionId: r1}", DIFFERS)).isNull();
    assertThat(unproven(open, "{RevisionId: r2}", CLOSED)).isNull();
  }

  private static @Nullable UpdateRecord unproven(UpdateHistory history, String members, Plan plan) {
    return history.settled(function(members), plan, DesiredVersion.of(1), null).unproven();
  }

  @Test
  void succeedsWhereAnotherWriterChangedTheFunctionSince() {
    assertThat(outcomes("{RevisionId: r3, LastModified: m2}", DIFFERS, ACCEPTED))
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void succeedsWhereTheDifferenceIsFromAnotherSpec() {
    // Given
    UpdateHistory history = new UpdateHistory(List.of(OPEN));

    // When
    UpdateHistory settled =
        history.settled(function("{RevisionId: r2}"), DIFFERS, DesiredVersion.of(2), null);

    // Then
    assertThat(settled.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  @Test
  void isRestoredWhereAnotherOperatorDroppedIt() {
    // Given
    RetryState.Accepted accepted = new RetryState.Accepted("m1", Instant.EPOCH, OPEN);

    // When
    UpdateHistory settled =
        UpdateHistory.NONE.settled(
            function("{RevisionId: r2, LastModified: m1}"), CLOSED, DesiredVersion.of(1), accepted);

    // Then
    assertThat(settled.records())
        .extracting(UpdateRecord::outcome)
        .containsExactly(UpdateHistory.SUCCEEDED);
  }

  private static List<@Nullable String> outcomes(
      String members, Plan plan, RetryState.@Nullable Accepted accepted, UpdateRecord... earlier) {
    List<UpdateRecord> records = new ArrayList<>(List.of(earlier));
    records.addFirst(OPEN);
    List<@Nullable String> outcomes = new ArrayList<>();
    new UpdateHistory(records)
        .settled(function(members), plan, DesiredVersion.of(1), accepted)
        .records()
        .forEach(record -> outcomes.add(record.outcome()));
    return outcomes;
  }

  private static ObservedFunction function(String members) {
    return TestSpecs.function(members);
  }

  private static UpdateRecord record(String outcome) {
    return new UpdateRecord(
        "2026-11-26T03:00:00Z", List.of("timeout"), "SpecChanged", 1L, "r1", outcome, null);
  }
}
