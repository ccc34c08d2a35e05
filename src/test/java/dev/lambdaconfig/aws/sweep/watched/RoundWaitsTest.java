package dev.lambdaconfig.aws.sweep.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.sweep.watched.RoundWaits.Outlook;
import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resources that wait for a round, and the looks at them, which the test makes. */
final class RoundWaitsTest {

  private final Map<String, Outlook> outlooks = new HashMap<>();
  private final Queue<Runnable> looks = new ArrayDeque<>();
  private final List<String> unanswered = new ArrayList<>();
  private boolean failing;
  private final RoundWaits waits =
      new RoundWaits(this::outlook, (delay, look) -> looks.add(look), this::tell);

  private Outlook outlook(String uid) {
    return Objects.requireNonNull(outlooks.get(uid), uid);
  }

  private void tell(List<String> uids) {
    if (failing) {
      throw new IllegalStateException("no time");
    }
    unanswered.addAll(uids);
  }

  @Test
  void aConfirmedFunctionIsAnsweredForAndNobodyWaits() {
    // Given
    outlooks.put("a", Outlook.CONFIRMED);

    // Then
    assertThat(waits.answersFor("a")).isTrue();
    assertThat(looks).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "DROPPED"})
  void aFunctionThatNoRoundIsToShowIsNot(Outlook outlook) {
    // Given
    outlooks.put("a", outlook);

    // Then
    assertThat(waits.answersFor("a")).isFalse();
    assertThat(looks).isEmpty();
  }

  @Test
  void manyThatWaitAreLookedAtTogether() {
    // When
    for (int number = 0; number < 1000; number++) {
      waitFor("uid" + number);
    }

    // Then
    assertThat(looks).hasSize(1);
  }

  @Test
  void thoseThatARoundHasConfirmedAreNotTold() {
    // Given
    waitFor("a", "b");

    // When
    are(Outlook.CONFIRMED, "a", "b");
    look();

    // Then: no look follows
    assertThat(unanswered).isEmpty();
    assertThat(looks).isEmpty();
    StateSizes sizes = new StateSizes();
    waits.sizes(sizes);
    assertThat(sizes.byName()).containsEntry("RoundWaits.waiting", 0L);
  }

  @Test
  void thoseThatARoundHasLeftOutAreToldOnceAndTheOthersWaitOn() {
    // Given
    waitFor("shown", "missing", "gone", "late");

    // When
    are(Outlook.CONFIRMED, "shown");
    are(Outlook.NONE, "missing");
    are(Outlook.DROPPED, "gone");
    look();

    // Then
    assertThat(unanswered).containsExactly("missing");
    assertThat(looks).hasSize(1);

    // When
    look();
    are(Outlook.NONE, "shown", "missing", "gone", "late");
    look();

    // Then
    assertThat(unanswered).containsExactly("missing", "late");
    assertThat(looks).isEmpty();
  }

  @Test
  void aResourceThatReadsItsFunctionMeanwhileIsNotTold() {
    // Given
    waitFor("a");

    // When
    waits.end("a");
    are(Outlook.NONE, "a");
    look();

    // Then
    assertThat(unanswered).isEmpty();
    assertThat(looks).isEmpty();
  }

  @Test
  void whoWaitsAfterTheLastLookIsLookedAt() {
    // Given
    waitFor("a");
    are(Outlook.CONFIRMED, "a");
    look();

    // When
    waitFor("b");

    // Then
    assertThat(looks).hasSize(1);
  }

  @Test
  void aLookThatFailsIsRepeatedAndLosesNobody() {
    // Given
    waitFor("a", "b");
    are(Outlook.NONE, "a");
    failing = true;

    // When
    look();
    failing = false;
    outlooks.remove("b");
    look();

    // Then
    assertThat(unanswered).isEmpty();
    assertThat(looks).hasSize(1);

    // When
    are(Outlook.NONE, "b");
    look();

    // Then
    assertThat(unanswered).containsExactlyInAnyOrder("a", "b");
  }

  private void waitFor(String... uids) {
    are(Outlook.EXPECTED, uids);
    for (String uid : uids) {
      assertThat(waits.answersFor(uid)).isTrue();
    }
  }

  private void are(Outlook outlook, String... uids) {
    for (String uid : uids) {
      outlooks.put(uid, outlook);
    }
  }

  private void look() {
    looks.remove().run();
  }
}
