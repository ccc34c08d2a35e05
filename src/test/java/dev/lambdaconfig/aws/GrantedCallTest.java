package dev.lambdaconfig.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.Permit;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answer to a call means for its limiter. */
final class GrantedCallTest {

  private final List<CallOutcome> outcomes = new ArrayList<>();
  private final Reservation.Granted granted =
      new Reservation.Granted(
          new Permit() {
            @Override
            public void done(CallOutcome outcome) {
              outcomes.add(outcome);
            }

            @Override
            public void giveBack() {
              throw new AssertionError("the call was made");
            }
          });

  @ParameterizedTest
  @CsvSource({
    "TooManyRequestsException, 429, THROTTLED",
    "AccessDeniedException, 403, ANSWERED",
    "ResourceConflictException, 409, ANSWERED",
    "ServiceException, 500, ANSWERED",
    "EndpointUnreachable, 0, UNREACHABLE",
    "CredentialsUnavailable, 0, NOT_MADE",
    "ClientError, 0, UNKNOWN"
  })
  void aFailureIsThrottlingAnAnswerOrNeither(String code, int status, CallOutcome outcome) {
    // When
    make(new Answer.Failed(new Failure(code, "no", status, null)));

    // Then
    assertThat(outcomes).containsExactly(outcome);
  }

  @Test
  void aDescribedFunctionIsAnAnswer() {
    // When
    make(new Answer.Described(new ObservedFunction(Value.Structure.EMPTY)));

    // Then
    assertThat(outcomes).containsExactly(CallOutcome.ANSWERED);
  }

  @Test
  void aMistakeOfTheCallerEndsThePermitAndIsNoAnswer() {
    // When
    assertThatThrownBy(
            () ->
                GrantedCall.make(
                    granted,
                    () -> {
                      throw new IllegalStateException("a mistake");
                    },
                    any -> null))
        .hasMessage("a mistake");

    // Then
    assertThat(outcomes).containsExactly(CallOutcome.UNKNOWN);
  }

  private void make(Answer answer) {
    assertThat(GrantedCall.make(granted, () -> answer, GrantedCall::failure)).isSameAs(answer);
  }
}
