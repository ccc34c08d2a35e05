package dev.lambdaconfig.aws.sweep.watched;

import static dev.lambdaconfig.aws.sweep.watched.OwnAccount.listed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list and the reads that it causes disagree about the revision of a function. */
final class ListedRevisionTest {

  private final OwnAccount account = new OwnAccount();
  private final WatchedFunctions watched = account.watched;

  @Test
  void aNewRevisionIsNotAskedForAgainBeforeTheReadHasAnswered() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r1", 1);
    account.compare(2, listed("orders", "r2"));

    // When
    List<String> again = account.compare(3, listed("orders", "r2"));
    List<String> another = account.compare(4, listed("orders", "r3"));

    // Then
    assertThat(again).isEmpty();
    assertThat(another).containsExactly("a");
  }

  @Test
  void aReadThatIsBehindTheListIsRepeated() {
    // Given a list that shows r2, and a read that still answers r1
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r1", 1);
    assertThat(account.compare(2, listed("orders", "r2"))).containsExactly("a");
    account.read("a", "r1", 3);

    // When
    List<String> again = account.compare(4, listed("orders", "r2"));
    account.read("a", "r2", 5);
    List<String> afterwards = account.compare(6, listed("orders", "r2"));

    // Then
    assertThat(again).containsExactly("a");
    assertThat(afterwards).isEmpty();
    assertThat(watched.isConfirmed("a")).isTrue();
  }

  @Test
  void aListThatIsBehindCausesAFewReadsAndNoMore() {
    // Given a list that still shows r1 after r2 was read
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r2", 1);
    int reads = 0;

    // When
    for (int round = 1; round <= 20; round++) {
      if (!account.compare(10L * round, listed("orders", "r1")).isEmpty()) {
        reads++;
        account.read("a", "r2", 10L * round + 1);
      }
    }

    // Then
    assertThat(reads).isEqualTo(3);
    assertThat(account.compare(300, listed("orders", "r3")))
        .as("a change after it")
        .containsExactly("a");
  }

  @Test
  void whatThreeReadsInVainDidNotShowIsAskedForAgainAtGrowingIntervals() {
    // Given: reads that do not show the revision of the list
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r1", 1);
    List<Integer> minutes = new ArrayList<>();

    // When: a list each minute
    for (int minute = 1; minute <= 120; minute++) {
      long began = Duration.ofMinutes(minute).toNanos();
      if (!account.compare(began, listed("orders", "r2")).isEmpty()) {
        minutes.add(minute);
        account.read("a", "r1", began + 1);
      }
    }

    // Then
    assertThat(minutes).containsExactly(1, 2, 3, 8, 18, 38, 68, 98);
  }

  @Test
  void aReadWithoutAnAnswerIsAskedForAgainAfterMinutes() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r1", 1);
    account.compare(2, listed("orders", "r2"));

    // When
    List<String> tooEarly =
        account.compare(Duration.ofMinutes(4).toNanos(), listed("orders", "r2"));
    List<String> again = account.compare(Duration.ofMinutes(6).toNanos(), listed("orders", "r2"));

    // Then
    assertThat(tooEarly).isEmpty();
    assertThat(again).containsExactly("a");
  }
}
