package dev.lambdaconfig.aws.sweep.watched;

import static dev.lambdaconfig.aws.sweep.watched.OwnAccount.listed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which functions a page of the list shows to have changed. */
final class WatchedFunctionsTest {

  private final OwnAccount account = new OwnAccount();
  private final WatchedFunctions watched = account.watched;

  @Test
  void anotherRevisionThanTheOneReadIsToBeRead() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    watched.watch("b", "mails", null, null, 0);
    account.read("a", "r1", 1);
    account.read("b", "r7", 1);

    // When
    List<String> changed = account.compare(2, listed("orders", "r2"), listed("mails", "r7"));

    // Then
    assertThat(changed).containsExactly("a");
    assertThat(watched.isConfirmed("a")).isFalse();
    assertThat(watched.isConfirmed("b")).isTrue();
  }

  @Test
  void aPageOlderThanTheLastReadSaysNothing() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r2", 10);

    // When
    List<String> changed = account.compare(9, listed("orders", "r1"));

    // Then
    assertThat(changed).isEmpty();
    assertThat(watched.isConfirmed("a")).isFalse();
  }

  @Test
  void whatAPageShowsWhileAnUpdateIsSentMayBeWhatItDoes() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    account.read("a", "r1", 1);

    // When
    watched.updating("a", true);
    List<String> meanwhile = account.compare(2, listed("orders", "r2"));
    watched.updating("a", false);
    List<String> afterwards = account.compare(3, listed("orders", "r2"));

    // Then
    assertThat(meanwhile).isEmpty();
    assertThat(afterwards).as("its answer was lost").containsExactly("a");
  }

  @Test
  void aFunctionThatIsSettlingMovesByItself() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    watched.seen("a", new Sighting(true, "r2", false, 1), 1);

    // When
    List<String> changed = account.compare(2, listed("orders", "r3"));

    // Then
    assertThat(changed).isEmpty();
  }

  @Test
  void whatWasKnownBeforeARestartIsConfirmed() {
    // Given
    watched.watch("a", "orders", null, "r5", 0);
    watched.watch("b", "mails", null, "r5", 0);

    // When
    List<String> changed = account.compare(1, listed("orders", "r5"), listed("mails", "r6"));

    // Then
    assertThat(changed).containsExactly("b");
    assertThat(watched.isConfirmed("a")).isTrue();
  }

  @Test
  void aFunctionThatWasNotFoundIsReadWhenItAppears() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    watched.seen("a", Sighting.NONE, 1);

    // When
    List<String> changed = account.compare(2, listed("orders", "r1"));

    // Then
    assertThat(changed).containsExactly("a");
  }

  @Test
  void aFunctionThatWasNeverReadIsNotAskedForASecondTime() {
    // Given a new resource, whose own first pass reads the function
    watched.watch("a", "orders", null, null, 0);

    // When
    List<String> changed = account.compare(2, listed("orders", "r1"));

    // Then
    assertThat(changed).isEmpty();
  }

  @Test
  void missingFromOneRoundIsNotGone() {
    // Given
    watched.watch("a", "orders", null, "r1", 0);
    watched.watch("b", "mails", null, "r1", 0);
    account.list.compare(List.of(listed("mails", "r1")), 1, 1, "");

    // When
    List<String> first = account.list.missing(1, 1);
    account.list.compare(List.of(listed("mails", "r1")), 2, 2, "");
    List<String> second = account.list.missing(2, 2);
    account.list.compare(List.of(listed("mails", "r1")), 3, 3, "");
    List<String> third = account.list.missing(3, 3);

    // Then
    assertThat(first).isEmpty();
    assertThat(second).containsExactly("a");
    assertThat(third).isEmpty();
  }

  @Test
  void functionsOfAnotherAccountAreNotTheOnesListed() {
    // Given
    watched.watch("a", "orders", "999999999999", "r1", 0);
    watched.watch("b", "orders", "123456789012", "r1", 0);
    watched.isHome("123456789012");

    // When
    List<String> changed = account.compare(1, listed("orders", "r2"));

    // Then
    assertThat(changed).containsExactly("b");
    assertThat(watched.isForeign("a")).isTrue();
    assertThat(watched.size()).isEqualTo(1);
  }

  @Test
  void twoResourcesOfOneFunctionAreBothWoken() {
    // Given
    watched.watch("a", "orders", null, "r1", 0);
    watched.watch("b", "orders", "123456789012", "r1", 0);

    // When
    List<String> changed = account.compare(1, listed("orders", "r2"));

    // Then
    assertThat(changed).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void withoutRevisionsTheListedSettingsTell() {
    // Given
    watched.watch("a", "orders", null, null, 0);
    watched.seen("a", new Sighting(true, null, true, 1), 1);
    ListedFunction before = new ListedFunction("orders", null, null, 17);
    ListedFunction after = new ListedFunction("orders", null, null, 18);
    assertThat(account.compare(2, before))
        .as("may have changed since the read")
        .containsExactly("a");
    watched.seen("a", new Sighting(true, null, true, 1), 3);
    assertThat(account.compare(4, before)).isEmpty();

    // When
    List<String> changed = account.compare(5, after);

    // Then
    assertThat(changed).containsExactly("a");
  }

  @Test
  void whatOurOwnUpdateChangedIsNoChange() {
    // Given a page from before our update, and the read that saw it settle
    watched.watch("a", "orders", null, null, 0);
    watched.seen("a", new Sighting(true, "r1", true, 1), 1);
    account.compare(2, new ListedFunction("orders", null, "r1", 17));
    watched.seen("a", new Sighting(true, "r2", false, 2), 3);
    watched.seen("a", new Sighting(true, "r3", true, 3), 4);

    // When
    List<String> changed = account.compare(5, new ListedFunction("orders", null, "r3", 18));

    // Then
    assertThat(changed).isEmpty();
    assertThat(watched.isConfirmed("a")).isTrue();
  }

  @Test
  void settingsThatDifferForNothingAreNotFollowedForEver() {
    // Given a list that says something else of the same function each time
    watched.watch("a", "orders", null, "r1", 0);
    account.read("a", "r1", 1);
    int reads = 0;

    // When
    for (int round = 0; round < 20; round++) {
      ListedFunction listed = new ListedFunction("orders", null, "r1", round);
      if (!account.compare(10 + round, listed).isEmpty()) {
        reads++;
        account.read("a", "r1", 10 + round);
      }
    }

    // Then
    assertThat(reads).isEqualTo(3);
  }

  @Test
  void settingsThatReallyDifferAreFollowed() {
    // Given an endpoint without revisions, whose function changes again and again
    watched.watch("a", "orders", null, null, 0);
    watched.seen("a", new Sighting(true, null, true, -1), 1);
    account.compare(2, new ListedFunction("orders", null, null, -1));
    int reads = 0;

    // When
    for (int round = 0; round < 20; round++) {
      if (!account
          .compare(10 + 2 * round, new ListedFunction("orders", null, null, round))
          .isEmpty()) {
        reads++;
        watched.seen("a", new Sighting(true, null, true, round), 11 + 2 * round);
      }
    }

    // Then
    assertThat(reads).isEqualTo(20);
  }

  @Test
  void whatIsForgottenIsNotWoken() {
    // Given
    watched.watch("a", "orders", null, "r1", 0);
    watched.forget("a");

    // When
    List<String> changed = account.compare(1, listed("orders", "r2"));

    // Then
    assertThat(changed).isEmpty();
    assertThat(watched.size()).isZero();
  }
}
