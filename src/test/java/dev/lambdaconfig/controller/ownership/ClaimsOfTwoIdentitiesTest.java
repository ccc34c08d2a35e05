package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two resources of a function, of which the older acts as another ServiceAccount. */
final class ClaimsOfTwoIdentitiesTest {

  private static final String BY_ARN =
      "functionName: 'arn:aws:lambda:eu-west-1:"
          + ClaimedFunction.HOME
          + ":function:fn', timeout: 9";

  private final ManagedResource first = tenant("team-a", "first", "");
  private final ManagedResource second = tenant("team-b", "second", "").younger();
  private final ClaimedFunction shared = new ClaimedFunction(first, second);

  @Test
  void theYoungerAsksTheOlderToReadAndWaitsForIt() {
    // Given
    shared.isReadBy(second, "second#1");
    shared.triggered.clear();

    // When
    Claims.Right right = right(shared, second);

    // Then
    assertThat(right).isEqualTo(new Claims.Undecided(first.resource, ClaimRights.PATIENCE));
    right(shared, second);
    assertThat(shared.triggered).as("asked once").containsExactly(first.uid());
    assertThat(shared.claims.isAsked(first.uid())).isTrue();
  }

  @Test
  void aReadOfTheOlderProvesItsClaim() {
    // Given
    shared.isReadBy(second, "second#1");
    right(shared, second);
    shared.triggered.clear();

    // When
    shared.isReadBy(first, "first#1");

    // Then
    assertThat(shared.triggered).containsExactly(second.uid());
    assertThat(right(shared, second)).isEqualTo(new Claims.Taken(first.resource));
    assertThat(shared.claims.isAsked(first.uid())).isFalse();
  }

  @Test
  void aDenialEndsIt() {
    // Given
    shared.isReadBy(first, "first#1");
    shared.isReadBy(second, "second#1");
    assertThat(right(shared, second)).isEqualTo(new Claims.Taken(first.resource));

    // When
    shared.isDeniedTo(first, "first#1");

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aDenialFromBeforeTheYoungerCouldReadDoesNotCount() {
    // Given
    shared.isDeniedTo(first, "first#1");
    shared.isReadBy(second, "second#1");
    assertThat(right(shared, second)).isInstanceOf(Claims.Undecided.class);
    shared.triggered.clear();

    // When
    shared.isDeniedTo(first, "first#1");

    // Then
    assertThat(shared.triggered).containsExactly(second.uid());
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void anOlderOneThatNeverReadsHoldsNobodyUpForLong() {
    // Given
    shared.isReadBy(second, "second#1");
    right(shared, second);

    // When
    shared.pass(ClaimRights.PATIENCE);

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
    shared.isReadBy(first, "first#1");
    assertThat(right(shared, second)).isEqualTo(new Claims.Taken(first.resource));
  }

  @Test
  void anOlderOneThatNamesAnotherIdentityEachTimeDoesNotEither() {
    // Given
    shared.isReadBy(second, "second#1");
    right(shared, second);

    // When
    for (int i = 0; i < 6; i++) {
      shared.pass(Duration.ofSeconds(10));
      shared.isDeniedTo(first, "first#1");
      right(shared, second);
      first.declare("{" + BY_ARN + ", serviceAccountName: other-" + i + "}");
      shared.isChanged(first);
    }

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void whoWasInConflictBeforeARestartWaitsLonger() {
    // Given
    second.with("Ready", "False", "Conflict");
    shared.isReadBy(second, "second#1");
    right(shared, second);

    // When
    shared.pass(ClaimRights.PATIENCE);

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Undecided.class);
    shared.pass(ClaimRights.PATIENCE_AFTER_CONFLICT);
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aSuspendedOneWithoutAProofBlocksNobody() {
    // Given
    ManagedResource suspended = tenant("team-a", "suspended", ", suspend: true");
    ClaimedFunction named = new ClaimedFunction(suspended, second);
    named.isReadBy(second, "second#1");

    // Then
    assertThat(right(named, second)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void oneThatIsSuspendedAfterItsReadKeepsItsClaim() {
    // Given
    shared.isReadBy(first, "first#1");
    shared.isReadBy(second, "second#1");

    // When
    first.declare("{" + BY_ARN + ", serviceAccountName: first, suspend: true}");
    shared.isChanged(first);
    shared.claims.rest(first.uid());

    // Then
    assertThat(right(shared, second)).isEqualTo(new Claims.Taken(first.resource));
  }

  @Test
  void anotherResourceOfItsIdentityProvesTheClaimOfASuspendedOne() {
    // Given
    ManagedResource suspended = tenant("team-a", "suspended", ", suspend: true");
    ManagedResource observer =
        new ManagedResource(
                "team-a",
                "observer",
                "{" + BY_ARN + ", serviceAccountName: suspended, mode: Observe}")
            .younger();
    ClaimedFunction named = new ClaimedFunction(suspended, second, observer);
    named.isReadBy(second, "second#1");

    // When
    named.isReadBy(observer, "suspended#1");

    // Then
    assertThat(right(named, second)).isEqualTo(new Claims.Taken(suspended.resource));
  }

  @Test
  void anotherSessionHasNothingOfTheRightsOfTheFormerOne() {
    // Given
    shared.isReadBy(first, "first#1");
    shared.isReadBy(second, "second#1");

    // When: another role
    shared.claims.actsAs(first.resource, ClaimedFunction.identity("first#2"));

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Undecided.class);
  }

  @Test
  void credentialsThatAwsDoesNotAcceptSayNothingAboutRights() {
    // Given
    shared.isReadBy(first, "first#1");
    shared.isReadBy(second, "second#1");

    // When
    shared.claims.answered(
        first.resource,
        ClaimedFunction.identity("first#1"),
        new Answer.Failed(new Failure("UnrecognizedClientException", "invalid token", 403, null)));

    // Then
    assertThat(right(shared, second)).isEqualTo(new Claims.Taken(first.resource));
  }

  @Test
  void aResourceWithoutItsIdentityHasNoClaim() {
    // Given
    shared.isReadBy(first, "first#1");
    shared.isReadBy(second, "second#1");

    // When
    shared.claims.refused(first.resource);

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aDeletedOwnerIsFollowedAtOnceAndLeavesNothing() {
    // Given
    shared.isReadBy(first, "first#1");
    shared.isReadBy(second, "second#1");

    // When
    shared.isGone(first);

    // Then
    assertThat(right(shared, second)).isInstanceOf(Claims.Owned.class);
    shared.isGone(second);
    StateSizes sizes = new StateSizes();
    shared.claims.sizes(sizes);
    assertThat(sizes.byName().values()).allMatch(size -> size == 0);
  }

  @Test
  void anAnswerThatComesAfterTheResourceHasGoneIsNotKept() {
    // Given
    shared.isGone(first);

    // When
    shared.isReadBy(first, "first#1");

    // Then
    StateSizes sizes = new StateSizes();
    shared.claims.sizes(sizes);
    assertThat(sizes.byName().values()).allMatch(size -> size == 0);
  }

  private static ManagedResource tenant(String namespace, String name, String more) {
    return new ManagedResource(
        namespace, name, "{" + BY_ARN + ", serviceAccountName: " + name + more + "}");
  }

  private static Claims.Right right(ClaimedFunction function, ManagedResource resource) {
    return function.claims.of(resource.reconciliation());
  }
}
