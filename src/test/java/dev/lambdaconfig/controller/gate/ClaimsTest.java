package dev.lambdaconfig.controller.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import org.junit.jupiter.api.Test;

/** Which of several resources owns a function, and whom an answer of AWS concerns. */
final class ClaimsTest {

  private static final String HOME = "123456789012";
  private static final String IN_ANOTHER_ACCOUNT =
      "{functionName: 'arn:aws:lambda:eu-west-1:210987654321:function:fn', timeout: 9}";

  private final ManagedResource older = new ManagedResource("team-a", "older", "{timeout: 9}");
  private final ManagedResource younger =
      new ManagedResource("team-b", "younger", "{timeout: 9}").younger();
  private final ClaimedFunction function = new ClaimedFunction(older, younger);

  @Test
  void theOldestResourceOwnsTheFunctionWhateverTheNamespace() {
    // Given
    function.lambda.isHome(HOME);

    // Then
    assertThat(ownership(function, older)).isInstanceOf(Claims.Owned.class);
    assertThat(ownership(function, younger)).isEqualTo(new Claims.Taken(older.resource));
  }

  @Test
  void aResourceThatOnlyObservesHasNoClaim() {
    // Given
    ManagedResource observer =
        new ManagedResource("team-a", "observer", "{timeout: 9, mode: Observe}");
    ClaimedFunction observed = new ClaimedFunction(observer, younger);
    observed.lambda.isHome(HOME);

    // Then
    assertThat(ownership(observed, younger)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aSuspendedResourceKeepsItsClaim() {
    // Given
    ManagedResource suspended =
        new ManagedResource("team-a", "suspended", "{timeout: 9, suspend: true}");
    ClaimedFunction kept = new ClaimedFunction(suspended, younger);
    kept.lambda.isHome(HOME);

    // Then
    assertThat(ownership(kept, younger)).isEqualTo(new Claims.Taken(suspended.resource));
  }

  @Test
  void aFunctionOfTheSameNameInAnotherAccountIsAnotherFunction() {
    // Given
    ManagedResource elsewhere = new ManagedResource("team-a", "elsewhere", IN_ANOTHER_ACCOUNT);
    ClaimedFunction named = new ClaimedFunction(elsewhere, younger);
    named.lambda.isHome(HOME);

    // Then
    assertThat(ownership(named, younger)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aClaimThatAwsDeniesAfterAnotherResourceCouldReadIsNone() {
    // Given
    function.isRead(younger);
    assertThat(ownership(function, younger)).isInstanceOf(Claims.Undecided.class);

    // When
    function.isDenied(older);

    // Then
    assertThat(ownership(function, younger)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aDenialFromBeforeThatDoesNotCount() {
    // Given
    function.isDenied(older);

    // When
    function.isRead(younger);

    // Then
    assertThat(ownership(function, younger)).isEqualTo(new Claims.Undecided(older.resource));
  }

  @Test
  void theOlderResourceIsTriggeredOnceByWhoWaitsForIt() {
    // Given
    function.isRead(younger);
    function.triggered.clear();

    // When
    ownership(function, younger);
    ownership(function, younger);

    // Then
    assertThat(function.triggered).containsExactly(older.uid());
  }

  @Test
  void whoWaitsIsTriggeredWhenAwsNamesTheOperatorsOwnAccount() {
    // Given
    function.isRead(younger);
    ownership(function, younger);
    function.triggered.clear();

    // When
    function.lambda.isHome(HOME);

    // Then
    assertThat(function.triggered).containsExactly(younger.uid());
    assertThat(ownership(function, younger)).isEqualTo(new Claims.Taken(older.resource));
  }

  @Test
  void anAnswerThatRepeatsTheLastOneTriggersNobody() {
    // Given
    function.isRead(older);
    assertThat(function.triggered).containsExactly(younger.uid());

    // When
    function.isRead(older);

    // Then
    assertThat(function.triggered).containsExactly(younger.uid());
  }

  @Test
  void aForgottenResourceWaitsNoLonger() {
    // Given
    function.isRead(younger);
    ownership(function, younger);
    function.claims.forget(younger.uid());
    function.triggered.clear();

    // When
    function.lambda.isHome(HOME);

    // Then
    assertThat(function.triggered).isEmpty();
  }

  private static Claims.Ownership ownership(ClaimedFunction function, ManagedResource resource) {
    return function.claims.of(resource.reconciliation(), resource.planned("{Timeout: 3}"));
  }
}
