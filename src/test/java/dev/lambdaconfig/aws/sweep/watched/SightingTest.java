package dev.lambdaconfig.aws.sweep.watched;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an answer shows of a function. */
final class SightingTest {

  private static Answer described(String lastUpdateStatus) {
    return new Answer.Described(
        new ObservedFunction(
            Value.Structure.of(
                Map.of(
                    "RevisionId", Value.text("r1"),
                    "State", Value.text("Active"),
                    "LastUpdateStatus", Value.text(lastUpdateStatus)))));
  }

  private static Answer failed(String code, int status) {
    return new Answer.Failed(new Failure(code, null, status, null));
  }

  @Test
  void aDescribedFunctionIsThereWithItsRevision() {
    // When
    Sighting sighting = requireNonNull(Sighting.of(described("Successful")));

    // Then
    assertThat(sighting.found()).isTrue();
    assertThat(sighting.revisionId()).isEqualTo("r1");
    assertThat(sighting.settled()).isTrue();
  }

  @Test
  void anUpdateThatRunsWillMoveTheRevision() {
    assertThat(requireNonNull(Sighting.of(described("InProgress"))).settled()).isFalse();
  }

  @Test
  void onlyTheCodeOfAMissingFunctionShowsThatThereIsNone() {
    assertThat(Sighting.of(failed("ResourceNotFoundException", 404))).isEqualTo(Sighting.NONE);
    assertThat(Sighting.of(failed("HTTP404", 404))).isNull();
    assertThat(Sighting.of(failed("TooManyRequestsException", 429))).isNull();
  }
}
