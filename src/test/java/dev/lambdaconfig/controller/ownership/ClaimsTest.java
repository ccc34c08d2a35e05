package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import org.junit.jupiter.api.Test;

/** Which of several resources of one identity owns a function, and whom an answer concerns. */
final class ClaimsTest {

  private static final String HOME = ClaimedFunction.HOME;
  private static final String IN_ANOTHER_ACCOUNT =
      "{functionName: 'arn:aws:lambda:eu-west-1:210987654321:function:fn', timeout: 9}";
  private static final String BY_ARN =
      "functionName: 'arn:aws:lambda:eu-west-1:" + HOME + ":function:fn', timeout: 9";

  private final ManagedResource older = new ManagedResource("team-a", "older", "{timeout: 9}");
  private final ManagedResource younger =
      new ManagedResource("team-b", "younger", "{timeout: 9}").younger();
  private final ClaimedFunction function = new ClaimedFunction(older, younger);

  @Test
  void theOldestOwnsTheFunctionOnceAnyOfThemHasReadIt() {
    // When
    function.lambda.recordHome(HOME);
    function.isRead(younger);

    // Then
    assertThat(right(function, older)).isInstanceOf(Claims.Owned.class);
    assertThat(right(function, younger)).isEqualTo(new Claims.Taken(older.resource));
  }

  @Test
  void aResourceThatOnlyObservesHasNoClaim() {
    // Given
    ManagedResource observer =
        new ManagedResource("team-a", "observer", "{timeout: 9, mode: Observe}");
    ClaimedFunction observed = new ClaimedFunction(observer, younger);
    observed.lambda.recordHome(HOME);
    observed.isRead(younger);

    // Then
    assertThat(right(observed, younger)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void aSuspendedResourceKeepsItsClaim() {
    // Given
    ManagedResource suspended =
        new ManagedResource("team-a", "suspended", "{timeout: 9, suspend: true}");
    ClaimedFunction kept = new ClaimedFunction(suspended, younger);
    kept.lambda.recordHome(HOME);
    kept.isRead(younger);

    // Then
    assertThat(right(kept, younger)).isEqualTo(new Claims.Taken(suspended.resource));
  }

  @Test
  void aFunctionOfTheSameNameInAnotherAccountIsAnotherFunction() {
    // Given
    ManagedResource elsewhere = new ManagedResource("team-a", "elsewhere", IN_ANOTHER_ACCOUNT);
    ClaimedFunction named = new ClaimedFunction(elsewhere, younger);
    named.lambda.recordHome(HOME);
    named.isRead(younger);

    // Then
    assertThat(right(named, younger)).isInstanceOf(Claims.Owned.class);
  }

  @Test
  void anotherSpellingIsTheSameFunctionOnceTheAccountIsKnown() {
    // Given
    ManagedResource arn = new ManagedResource("team-b", "arn", "{" + BY_ARN + "}").younger();
    ClaimedFunction spelled = new ClaimedFunction(older, arn);
    spelled.isRead(arn);
    assertThat(right(spelled, arn)).isInstanceOf(Claims.Undecided.class);
    spelled.triggered.clear();

    // When
    spelled.lambda.recordHome(HOME);

    // Then
    assertThat(spelled.triggered).containsExactly(arn.uid());
    assertThat(right(spelled, arn)).isEqualTo(new Claims.Taken(older.resource));
  }

  @Test
  void whatAwsDeniesToThemNobodyOwns() {
    // When
    function.lambda.recordHome(HOME);
    function.isDenied(younger);

    // Then: each reports its own failure
    assertThat(right(function, younger)).isInstanceOf(Claims.Owned.class);
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
  void aResourceWhoseFunctionIsNotNoticedAnyMoreWaitsNoLonger() {
    // Given
    ManagedResource arn = new ManagedResource("team-b", "arn", "{" + BY_ARN + "}").younger();
    ClaimedFunction spelled = new ClaimedFunction(older, arn);
    spelled.isRead(arn);
    right(spelled, arn);
    spelled.claims.rest(arn.uid());
    spelled.triggered.clear();

    // When
    spelled.lambda.recordHome(HOME);

    // Then
    assertThat(spelled.triggered).isEmpty();
  }

  private static Claims.Right right(ClaimedFunction function, ManagedResource resource) {
    return function.claims.of(resource.reconciliation());
  }
}
