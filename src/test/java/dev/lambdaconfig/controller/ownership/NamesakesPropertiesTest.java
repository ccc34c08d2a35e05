package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.ownership.Ownership;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The index of the resources of a function, against the rule over all of them: whatever comes,
 * changes, is read, denied, judged anew or goes, in whatever order.
 */
final class NamesakesPropertiesTest {

  private static final int CASES = 400;
  private static final int EVENTS = 60;

  @Test
  void theIndexGivesEachTheRightThatTheRuleGivesIt() {
    forAll(
        true,
        2,
        namesakes -> {
          ManagedResource one = namesakes.some();
          if (one != null) {
            assertSameRight(namesakes, one);
          }
        },
        namesakes -> namesakes.all().forEach(one -> assertSameRight(namesakes, one)));
  }

  private static void assertSameRight(RandomNamesakes namesakes, ManagedResource one) {
    switch (namesakes.simply(one)) {
      case Ownership.Owned owned ->
          assertThat(namesakes.right(one)).isInstanceOf(Claims.Owned.class);
      case Ownership.Taken(String owner) ->
          assertThat(namesakes.right(one))
              .isInstanceOfSatisfying(
                  Claims.Taken.class,
                  taken -> assertThat(taken.owner().getMetadata().getUid()).isEqualTo(owner));
      case Ownership.Undecided(String older, var asked) ->
          assertThat(namesakes.right(one))
              .isInstanceOfSatisfying(
                  Claims.Undecided.class,
                  undecided ->
                      assertThat(undecided.older().getMetadata().getUid()).isEqualTo(older));
    }
  }

  @Test
  void theIndexKnowsWhoMayMeanTheSameFunction() {
    forAll(
        true,
        2,
        namesakes ->
            namesakes
                .all()
                .forEach(
                    one ->
                        assertThat(namesakes.isShared(one))
                            .isEqualTo(namesakes.isSharedSimply(one))),
        namesakes -> {});
  }

  @Test
  void whoeverTakesOverOrHasToStopIsToldAtOnce() {
    forAll(true, 1, namesakes -> assertThat(namesakes.uninformed()).isEmpty(), namesakes -> {});
  }

  @Test
  void orWhenTheOwnerNewsThatAreGatheredHaveRun() {
    forAll(
        false,
        1,
        namesakes -> {},
        namesakes -> {
          namesakes.settle();
          assertThat(namesakes.uninformed()).isEmpty();
        });
  }

  @Test
  void nothingIsLeftOfThoseThatAreGone() {
    forAll(
        false,
        2,
        namesakes -> {
          ManagedResource one = namesakes.some();
          if (one != null) {
            namesakes.right(one);
          }
        },
        namesakes ->
            assertThat(namesakes.leftovers())
                .allSatisfy((name, size) -> assertThat(size).as(name).isZero()));
  }

  private static void forAll(
      boolean atOnce,
      int sessions,
      Consumer<RandomNamesakes> eachTime,
      Consumer<RandomNamesakes> atTheEnd) {
    for (long seed = 0; seed < CASES; seed++) {
      RandomNamesakes namesakes = new RandomNamesakes(seed, atOnce, sessions);
      try {
        for (int i = 0; i < EVENTS; i++) {
          namesakes.happen();
          eachTime.accept(namesakes);
        }
        atTheEnd.accept(namesakes);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
