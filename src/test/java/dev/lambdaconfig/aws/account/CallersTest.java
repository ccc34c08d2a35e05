package dev.lambdaconfig.aws.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.Bulkheads;
import dev.lambdaconfig.aws.limit.CallOutcome;
import dev.lambdaconfig.aws.limit.RegionLimits;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller holds, and when it lets go of it. */
final class CallersTest {

  private static final String OTHER = "999999999999";

  private final List<String> news = new ArrayList<>();
  private final RegionListener listener =
      new RegionListener() {
        @Override
        public void used(String region) {
          news.add("used " + region);
        }

        @Override
        public void unused(String region) {
          news.add("unused " + region);
        }

        @Override
        public void counted(int regions) {
          throw new AssertionError("no caller makes a Region");
        }
      };
  private final Callers callers =
      new Callers(EnumSet.of(WaiterId.Call.READ, WaiterId.Call.UPDATE), () -> 0, listener);
  private final RegionAccounts ireland = region("eu-west-1");
  private final RegionAccounts virginia = region("us-east-1");

  private static RegionAccounts region(String name) {
    return new RegionAccounts(
        name,
        new RegionLimits(() -> 0, new Bulkheads(10)),
        limits -> new Account(new AccountQuota(10, () -> 0), () -> 0),
        0);
  }

  @Test
  void theFirstCallerOfARegionAndTheLastAreNews() {
    // When
    callers.called("a", ireland, null, ireland.home());
    callers.called("b", ireland, OTHER, ireland.home());
    callers.called("a", ireland, null, ireland.home());
    callers.forget("a");
    callers.forget("a");
    callers.forget("b");

    // Then
    assertThat(news).containsExactly("used eu-west-1", "unused eu-west-1");
    assertThat(uses()).isZero();
  }

  @Test
  void aCallerUsesTheNextRegionBeforeItLeavesTheLast() {
    // Given
    callers.called("a", ireland, null, ireland.home());
    news.clear();

    // When
    callers.called("a", virginia, null, virginia.home());

    // Then
    assertThat(news).containsExactly("used us-east-1", "unused eu-west-1");
    assertThat(uses()).isOne();
  }

  @Test
  void aCallerThatAnotherAccountPaysForLeavesItsPlaceInTheFirst() {
    // Given
    callers.called("a", ireland, OTHER, ireland.home());
    waitFor(ireland.home(), WaiterId.update("a"));

    // When
    callers.called("a", ireland, OTHER, ireland.home());
    int sameAccount = ireland.waiting();
    ireland.described(OTHER);
    callers.called("a", ireland, OTHER, ireland.of(OTHER));

    // Then
    assertThat(sameAccount).isOne();
    assertThat(ireland.waiting()).isZero();
    assertThat(news).as("its Region is the same").containsExactly("used eu-west-1");
  }

  @Test
  void aCallerLeavesNoPlaceOfAnotherKind() {
    // Given
    callers.called("a", ireland, null, ireland.home());
    waitFor(ireland.home(), WaiterId.read("a"));
    waitFor(ireland.home(), WaiterId.sweep("a"));

    // When
    callers.forget("a");

    // Then
    assertThat(ireland.waiting()).as("the sweep of the same name").isOne();
  }

  /** Uses up the quota of an account, and asks for one call more. */
  private static void waitFor(Account account, WaiterId id) {
    while (account.quota().control().ask(id, Priority.READ)
        instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
    }
  }

  private long uses() {
    StateSizes sizes = new StateSizes();
    callers.sizes(sizes);
    return sizes.byName().getOrDefault("Callers.uses", -1L);
  }
}
