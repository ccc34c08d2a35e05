package dev.lambdaconfig.decision.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.ownership.Claimant.Part;
import dev.lambdaconfig.decision.ownership.RandomClaims.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds in whatever order resources come, read, are denied, rest and go. */
final class OwnershipRulePropertiesTest {

  private static final int CASES = 2000;
  private static final int EVENTS = 40;

  @Test
  void atMostOneResourceWrites() {
    afterEachEvent(claims -> assertThat(claims.writers()).hasSizeLessThanOrEqualTo(1));
  }

  @Test
  void whoeverHasNoRightOwnsNothing() {
    afterEachEvent(
        claims ->
            assertThat(claims.resources.values())
                .allSatisfy(
                    one -> {
                      if (claims.ownership(one) instanceof Ownership.Taken(String owner)) {
                        assertThat(identity(claims, owner)).isNotEqualTo(RandomClaims.SQUATTER);
                      }
                    }));
  }

  @Test
  void whoeverRestsOrIsProvenKeepsItFromAllThatAreYounger() {
    afterEachEvent(
        claims -> {
          List<Resource> proven =
              claims.resources.values().stream()
                  .filter(one -> one.part() == Part.RESTS || one.part() == Part.WRITES)
                  .filter(one -> claims.claimant(one).isProven())
                  .sorted(Comparator.comparing(Resource::created))
                  .toList();
          proven.stream()
              .skip(1)
              .forEach(
                  younger ->
                      assertThat(claims.ownership(younger))
                          .isEqualTo(new Ownership.Taken(proven.getFirst().uid())));
        });
  }

  @Test
  void onceAllHaveReadTheOldestWithTheRightWrites() {
    forAll(
        claims -> {
          claims.settle();
          List<Resource> entitled =
              claims.resources.values().stream()
                  .filter(one -> one.part() == Part.WRITES && claims.isAllowed(one))
                  .sorted(Comparator.comparing(Resource::created))
                  .toList();
          boolean kept =
              !entitled.isEmpty()
                  && claims.resources.values().stream()
                      .filter(one -> one.part() == Part.RESTS)
                      .filter(one -> claims.claimant(one).isProven())
                      .anyMatch(one -> one.created().compareTo(entitled.getFirst().created()) < 0);

          assertThat(claims.writers())
              .isEqualTo(kept || entitled.isEmpty() ? List.of() : List.of(entitled.getFirst()));
        });
  }

  private static String identity(RandomClaims claims, String uid) {
    return Objects.requireNonNull(claims.resources.get(uid)).identity();
  }

  private static void afterEachEvent(Consumer<RandomClaims> property) {
    cases(
        claims -> {
          for (int i = 0; i < EVENTS; i++) {
            claims.happen();
            property.accept(claims);
          }
        });
  }

  private static void forAll(Consumer<RandomClaims> property) {
    cases(
        claims -> {
          for (int i = 0; i < EVENTS; i++) {
            claims.happen();
          }
          property.accept(claims);
        });
  }

  private static void cases(Consumer<RandomClaims> play) {
    String given = System.getProperty("seed");
    long first = given == null ? 1 : Long.parseLong(given);
    int cases = given == null ? Integer.getInteger("cases", CASES) : 1;
    for (long seed = first; seed < first + cases; seed++) {
      RandomClaims claims = new RandomClaims(seed);
      try {
        play.accept(claims);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + claims.resources.values(), e);
      }
    }
  }
}
