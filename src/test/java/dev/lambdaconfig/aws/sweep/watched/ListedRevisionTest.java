package dev.lambdaconfig.aws.sweep.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list and the reads that it causes disagree about the revision of a function. */
final class ListedRevisionTest {

  private final WatchedFunctions watched = new WatchedFunctions("eu-west-1");
  private final ListedAccount own = new ListedAccount(watched, null);

  private static ListedFunction listed(String name, String revision) {
    return new ListedFunction(name, "123456789012", revision, 0);
  }

  private List<String> compare(long began, ListedFunction... page) {
    return own.compare(List.of(page), 1, began, "");
  }

  private void read(String uid, String revision, long at) {
    watched.seen(uid, new Sighting(true, revision, true, revision.hashCode()), at);
  }

  @Test
  void aNewRevisionIsNotAskedForAgainBeforeTheReadHasAnswered() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    read("a", "r1", 1);
    compare(2, listed("orders", "r2"));

    // When
    List<String> again = compare(3, listed("orders", "r2"));
    List<String> another = compare(4, listed("orders", "r3"));

    // Then
    assertThat(again).isEmpty();
    assertThat(another).containsExactly("a");
  }

  @Test
  void aReadThatIsBehindTheListIsRepeated() {
    // Given a list that shows r2, and a read that still answers r1
    watched.watch("a", "orders", null, null, 0);
    read("a", "r1", 1);
    assertThat(compare(2, listed("orders", "r2"))).containsExactly("a");
    read("a", "r1", 3);

    // When
    List<String> again = compare(4, listed("orders", "r2"));
    read("a", "r2", 5);
    List<String> afterwards = compare(6, listed("orders", "r2"));

    // Then
    assertThat(again).containsExactly("a");
    assertThat(afterwards).isEmpty();
    assertThat(watched.isConfirmed("a")).isTrue();
  }

  @Test
  void aListThatIsBehindCausesAFewReadsAndNoMore() {
    // Given a list that still shows r1 after r2 was read
    watched.watch("a", "orders", null, null, 0);
    read("a", "r2", 1);
    int reads = 0;

    // When
    for (int round = 1; round <= 20; round++) {
      if (!compare(10L * round, listed("orders", "r1")).isEmpty()) {
        reads++;
        read("a", "r2", 10L * round + 1);
      }
    }

    // Then
    assertThat(reads).isEqualTo(3);
    assertThat(compare(300, listed("orders", "r3"))).as("a change after it").containsExactly("a");
  }
}
