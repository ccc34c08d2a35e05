package dev.lambdaconfig.aws.sweep;

import static dev.lambdaconfig.aws.sweep.SweepRun.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.identity.IdentityResolution;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sweep of an account that only identities of tenants can list, on a clock of its own. */
final class TenantSweepTest {

  private static final String OTHER = "999999999999";

  private final TenantSweepRun run = new TenantSweepRun(OTHER);

  @Test
  void oneOfManyIdentitiesListsAndTriggersTheResourcesOfAll() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index);
    run.runFor(MINUTE.multipliedBy(2));
    run.lists.clear();

    // When
    run.change(OTHER, 70);
    run.runFor(MINUTE.multipliedBy(3));

    // Then: two pages a minute, whatever the number of identities
    assertThat(run.reports.changed).containsExactly("uid70");
    assertThat(run.lists.stream().distinct()).hasSize(1);
    assertThat(run.lists).hasSizeBetween(5, 7);
  }

  @Test
  void nothingCountsAsInOrderBecauseAnotherTenantLists() {
    // When
    run.functions(OTHER, 100, index -> "session" + index);
    run.runFor(MINUTE.multipliedBy(3));

    // Then: one of them lists for all
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(IntStream.range(0, 100).filter(i -> run.watched.isConfirmed("uid" + i)))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(run.lambda.home()).isNull();
  }

  @Test
  void whatAListSaysOfAnotherAccountIsIgnored() {
    // Given: a function of the same name in the operator's own account
    run.functions(OTHER, 100, index -> "session" + index);
    run.watched.watch("own", "f3", null, "r1", run.now);

    // When
    run.functions.set(3, new ListedFunction("f3", "123456789012", "r2", 0));
    run.runFor(MINUTE.multipliedBy(3));
    run.change(OTHER, 3);
    run.runFor(MINUTE.multipliedBy(3));

    // Then
    assertThat(run.reports.changed).containsOnly("uid3");
  }

  @Test
  void anIdentityThatIsDeniedIsFollowedByTheNext() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 5);
    run.denied.addAll(List.of("session0", "session1", "session2", "session3"));

    // When
    run.runFor(MINUTE.multipliedBy(3));

    // Then
    assertThat(run.sweep.mode().isListing()).isTrue();
    assertThat(run.reports.refused).isEmpty();
    assertThat(run.lists).endsWith("session4", "session4");
    assertThat(run.lists.stream().filter(run.denied::contains)).doesNotHaveDuplicates();
  }

  @Test
  void fewAreTriedInAnIntervalAndThatNobodyMayListIsToldOnce() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 10);
    run.denied.addAll(IntStream.range(0, 10).mapToObj(i -> "session" + i).toList());

    // When
    run.runFor(Duration.ofSeconds(50));
    int first = run.lists.size();
    run.runFor(MINUTE.multipliedBy(50));

    // Then
    assertThat(first).isEqualTo(3);
    assertThat(run.lists).hasSize(10).doesNotHaveDuplicates();
    assertThat(run.reports.refused).containsExactly("AccessDeniedException");
    assertThat(run.sweep.state().refused()).isTrue();
    assertThat(run.reports.readEach.stream().distinct()).hasSize(100);
  }

  @Test
  void manyDeniedIdentitiesCostFewCalls() {
    // Given a tenant with an identity for each of its resources
    run.functions(OTHER, 2000, index -> "session" + index);
    run.functions.forEach(function -> run.denied.add("session" + function.name().substring(1)));

    // When
    run.runFor(Duration.ofHours(6));

    // Then
    assertThat(run.lists.size()).isLessThanOrEqualTo(6 * 180 + 3);
    assertThat(run.sweep.mode().mayList()).isFalse();
  }

  @Test
  void oneThatIsDeniedNowAndThenIsLeftForOneThatIsNot() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 2);
    run.runFor(MINUTE.multipliedBy(2));
    String first = run.lists.getLast();
    String other = first.equals("session0") ? "session1" : "session0";

    // When
    run.denied.add(first);
    run.runFor(MINUTE.multipliedBy(2));
    run.denied.clear();
    run.lists.clear();
    run.runFor(Duration.ofHours(3));

    // Then
    assertThat(run.lists).isNotEmpty().containsOnly(other);
    assertThat(run.sweep.mode().isListing()).isTrue();
  }

  @Test
  void oneWhoseLastResourceGoesIsReplaced() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 2);
    run.runFor(MINUTE.multipliedBy(2));
    String first = run.lists.getLast();

    // When
    for (int i = first.equals("session0") ? 0 : 1; i < 100; i += 2) {
      run.watched.forget("uid" + i);
    }
    run.lists.clear();
    run.runFor(MINUTE.multipliedBy(3));

    // Then
    assertThat(run.lists).isNotEmpty().doesNotContain(first);
    assertThat(run.reports.readEach).isEmpty();
  }

  @Test
  void oneWithoutASessionIsNotWaitedForLong() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 2);
    run.runFor(MINUTE.multipliedBy(2));
    String first = run.lists.getLast();

    // When
    run.resolutions.put(first, new IdentityResolution.Pending(Duration.ofSeconds(30)));
    run.lists.clear();
    run.runFor(MINUTE.multipliedBy(3));

    // Then
    assertThat(run.lists).isNotEmpty().doesNotContain(first);
  }

  @Test
  void whatWasReadIsReadAgainOnlyOnceItIsDecidedThatNobodyLists() {
    // Given
    run.functions(OTHER, 100, index -> "session");
    run.resolutions.put("session", new IdentityResolution.Pending(Duration.ofMillis(200)));

    // When
    run.runFor(Duration.ofSeconds(20));
    boolean undecided = run.sweep.mode().mayList();
    int early = run.reports.readEach.size();
    run.runFor(MINUTE);

    // Then
    assertThat(undecided).isTrue();
    assertThat(early).isZero();
    assertThat(run.sweep.mode().mayList()).isFalse();
    assertThat(run.reports.readEach.stream().distinct()).hasSize(100);
  }

  @Test
  void whereEachIdentityIsGoneEachFunctionIsRead() {
    // Given
    run.functions(OTHER, 100, index -> "session");
    run.runFor(MINUTE.multipliedBy(2));

    // When
    run.resolutions.put("session", new IdentityResolution.Usable(identity("another")));
    run.runFor(MINUTE.multipliedBy(2));

    // Then
    assertThat(run.sweep.mode().mayList()).isFalse();
    assertThat(run.reports.readEach.stream().distinct()).hasSize(100);
  }

  @Test
  void anEndlessListEndsWhereReadingIsCheaper() {
    // Given a large account of which few functions are managed
    run.functions(OTHER, 3, index -> "session" + index);
    for (int i = 3; i < 50_000; i++) {
      run.functions.add(new ListedFunction("f" + i, OTHER, "r1", 0));
    }

    // When
    run.runFor(Duration.ofHours(2));

    // Then
    assertThat(run.lists).hasSize(3);
    assertThat(run.sweep.mode().isListing()).isFalse();
  }

  @Test
  void oneThatFailsAgainAndAgainIsReplaced() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 2);
    run.runFor(MINUTE.multipliedBy(2));
    String first = run.lists.getLast();

    // When
    run.failing.put(first, new Failure("OptInRequired", "no", 400, null));
    run.runFor(MINUTE.multipliedBy(3));

    // Then
    assertThat(run.lists.getLast()).isNotEqualTo(first);
    assertThat(run.sweep.mode().isListing()).isTrue();
  }

  @Test
  void oneThatFailsOnALaterPageIsFollowedByOneThatBeginsAnew() {
    // Given
    run.functions(OTHER, 100, index -> "session" + index % 2);
    while (run.lists.isEmpty()) {
      run.now += run.sweep.step().toNanos();
    }
    String first = run.lists.getLast();

    // When
    run.failing.put(first, new Failure("ServiceException", "try again", 500, null));
    run.runFor(MINUTE.multipliedBy(3));

    // Then: no marker of the one is passed to the other, and nothing is reported as refused
    assertThat(run.markers.subList(0, 8))
        .containsExactly("null", "50", "50", "50", "50", "50", "null", "50");
    assertThat(run.lists.getLast()).isNotEqualTo(first);
    assertThat(run.reports.refused).isEmpty();
  }

  private static Identity identity(String session) {
    return new Identity("team", "writer", OTHER, session);
  }
}
