package dev.lambdaconfig.controller.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.gate.ClaimProofs.News;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is news for the other resources of a function: each of them is woken by it. */
final class ClaimProofsTest {

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

  @Test
  void aFunctionThatIsDescribedAsBeforeIsNoNews() {
    assertThat(proofs.took("a", described("123456789012"))).isEqualTo(News.CHANGED);
    // Else two resources that wait for a third one would wake each other with each read.
    assertThat(proofs.took("a", described("123456789012"))).isEqualTo(News.NONE);
    assertThat(proofs.took("a", described("210987654321"))).isEqualTo(News.CHANGED);
  }

  @Test
  void aDenialIsNewsAndEachLaterOneIsUpToDateAgain() {
    // Given
    Answer denied = failed("AccessDeniedException", 403);
    proofs.took("b", described("123456789012"));

    // Then
    assertThat(proofs.took("a", denied)).isEqualTo(News.CHANGED);
    assertThat(proofs.took("a", denied)).isEqualTo(News.DENIED_AGAIN);
    assertThat(proofs.isDeniedSinceReadable("a", "b")).isTrue();
    assertThat(proofs.took("a", described("123456789012"))).isEqualTo(News.CHANGED);
  }

  @Test
  void whatProvesNothingIsNoNews() {
    assertThat(proofs.took("a", failed("TooManyRequestsException", 429))).isEqualTo(News.NONE);
    assertThat(proofs.took("a", failed("ServiceException", 500))).isEqualTo(News.NONE);
  }
}
