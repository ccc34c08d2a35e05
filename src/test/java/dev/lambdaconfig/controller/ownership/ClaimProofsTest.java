package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.ownership.ClaimProofs.News;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import dev.lambdaconfig.decision.ownership.ReadProof;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is news for the other resources of a function: each of them is woken by it. */
final class ClaimProofsTest {

  private static final Pair PAIR = new Pair(new FunctionKey("eu-west-1", "orders"), "");
  private static final NamedFunction BARE = new NamedFunction(null, null);

  private final ClaimProofs proofs = new ClaimProofs();

  private static Answer described(String account) {
    return new Answer.Described(
        new ObservedFunction(
            Value.Structure.of(
                Map.of(
                    "FunctionArn",
                    Value.text("arn:aws:lambda:eu-west-1:" + account + ":function:orders")))));
  }

  private static Answer failed(String code, int httpStatus) {
    return new Answer.Failed(new Failure(code, "no", httpStatus, null));
  }

  private News took(String session, Answer answer) {
    return proofs.took(PAIR, BARE, session, answer);
  }

  @Test
  void aFunctionThatIsDescribedAsBeforeIsNoNews() {
    assertThat(took("a", described("123456789012"))).isEqualTo(News.CHANGED);
    // Else two resources that wait for a third one would wake each other with each read.
    assertThat(took("a", described("123456789012"))).isEqualTo(News.NONE);
    assertThat(took("a", described("210987654321"))).isEqualTo(News.CHANGED);
  }

  @Test
  void aDenialIsNewsAndEachLaterOneIsUpToDateAgain() {
    // Given
    Answer denied = failed("AccessDeniedException", 403);

    // Then
    assertThat(took("a", denied)).isEqualTo(News.CHANGED);
    assertThat(took("a", denied)).isEqualTo(News.DENIED_AGAIN);
    assertThat(took("a", described("123456789012"))).isEqualTo(News.CHANGED);
    assertThat(took("a", denied)).isEqualTo(News.CHANGED);
  }

  @Test
  void aMissingFunctionIsAsGoodAsADeniedOne() {
    assertThat(took("a", failed("ResourceNotFoundException", 404))).isEqualTo(News.CHANGED);
    assertThat(proofs.of(PAIR, BARE)).isNotNull().extracting(ReadProof::readable).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException",
    "500, ServiceException",
    "403, ExpiredTokenException",
    "403, UnrecognizedClientException",
    "403, InvalidSignatureException",
    "403, HTTP403"
  })
  void whatProvesNothingChangesNothing(int status, String code) {
    // Given
    took("a", described("123456789012"));

    // Then
    assertThat(took("a", failed(code, status))).isEqualTo(News.NONE);
    assertThat(proofs.of(PAIR, BARE)).isNotNull().extracting(ReadProof::readable).isEqualTo(true);
  }

  @Test
  void nothingIsLeftOfAnotherSession() {
    // Given
    took("a", described("123456789012"));

    // When
    proofs.keepSession(PAIR, "b");

    // Then
    assertThat(proofs.of(PAIR, BARE)).isNull();
  }
}
