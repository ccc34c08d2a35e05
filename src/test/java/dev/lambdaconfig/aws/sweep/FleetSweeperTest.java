package dev.lambdaconfig.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.identity.IdentityResolution;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sweeper answers about each resource, on a clock at which no sweep has begun. */
final class FleetSweeperTest {

  private final SweepRun run = new SweepRun();
  private final FleetSweeper sweeper =
      new FleetSweeper(
          run.lambda,
          uid -> null,
          SweepRun.MINUTE,
          new Timing(Clock.systemUTC(), () -> 0, () -> 0.5),
          run.reports);

  @AfterEach
  void close() {
    sweeper.close();
  }

  @Test
  void aResourceThatIsNotWatchedIsReadFully() {
    assertThat(sweeper.lookInterval("a")).isEqualTo(FleetSweeper.FULL_READ);
    assertThat(sweeper.mayBeListed("a")).isFalse();
    assertThat(sweeper.isConfirmed("a")).isFalse();
    assertThat(sweeper.firstRead("a")).isZero();
    assertThat(sweeper.answersFor("a")).isFalse();
  }

  @Test
  void aWatchedFunctionMayBeListedUntilThatIsDecided() {
    // When
    sweeper.watch("a", new Target("eu-west-1", "orders"), null);

    // Then
    assertThat(sweeper.mayBeListed("a")).isTrue();
    assertThat(sweeper.lookInterval("a")).isEqualTo(FleetSweeper.FULL_READ);
    assertThat(sweeper.answersFor("a")).isTrue();
    assertThat(sweeper.states()).extracting(SweepState::region).containsExactly("eu-west-1");
  }

  @Test
  void aFunctionThatNoListShowsIsFirstReadWithinTheSweepInterval() {
    // Given
    Duration second = Duration.ofSeconds(1);
    Target foreign = new Target("eu-west-1", "210987654321:function:orders");
    run.lambda.recordHome("123456789012");

    try (FleetSweeper eager =
        new FleetSweeper(
            run.lambda,
            uid -> null,
            second,
            new Timing(Clock.systemUTC(), () -> 0, () -> 0.5),
            run.reports)) {
      // When
      eager.watch("a", foreign, "r1");
      sweeper.watch("a", foreign, "r1");

      // Then
      assertThat(eager.firstRead("a")).isLessThanOrEqualTo(second);
      assertThat(sweeper.firstRead("a")).isEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void aFunctionThatTurnsOutToBeOfAnotherAccountIsToBeRead() {
    // Given
    sweeper.watch("a", new Target("eu-west-1", "210987654321:function:orders"), "r1");
    assertThat(sweeper.answersFor("a")).isTrue();

    // When
    run.lambda.recordHome("123456789012");

    // Then
    Awaitility.await().until(() -> run.reports.readEach.contains("a"));
    assertThat(sweeper.answersFor("a")).isFalse();
  }

  @Test
  void eachRegionHasOneSweep() {
    // When
    sweeper.watch("a", new Target("eu-west-1", "orders"), null);
    sweeper.watch("b", new Target("eu-west-1", "mails"), null);
    sweeper.watch("c", new Target("us-east-1", "orders"), null);

    // Then
    assertThat(sweeper.states())
        .extracting(SweepState::region)
        .containsExactlyInAnyOrder("eu-west-1", "us-east-1");
  }

  @Test
  void manyAccountsAreSweptWithoutAThreadForEach() {
    // Given
    Set<String> lists = ConcurrentHashMap.newKeySet();
    RateLimitedLambda lambda =
        new RateLimitedLambda(
            run.account,
            (region, identity, marker) -> {
              lists.add(region + " " + Objects.requireNonNull(identity).account());
              return new FunctionLists.Page(List.of(), null);
            },
            new CallLimits(14),
            () -> 0,
            RateLimitedLambda.Listeners.NONE);
    int before = Thread.getAllStackTraces().size();
    Timing timing = new Timing(Clock.systemUTC(), () -> 0, () -> 0.5);

    try (FleetSweeper many =
        new FleetSweeper(
            lambda,
            uid -> new IdentityResolution.Usable(identity(uid.split(" ", -1)[1])),
            SweepRun.MINUTE,
            timing,
            run.reports)) {
      // When
      for (int region = 1; region <= 5; region++) {
        for (int account = 0; account < 20; account++) {
          for (int function = 0; function < 2; function++) {
            String number = String.valueOf(200_000_000_000L + account);
            many.watch(
                function + "-" + region + " " + number,
                new Target("eu-west-" + region, "f" + function).as(identity(number)),
                null);
          }
        }
      }

      // Then
      Awaitility.await("a list of each account and Region")
          .atMost(Duration.ofMinutes(2))
          .until(() -> lists.size() == 100);
      // Those of virtual threads among them, which are as many as processors.
      assertThat(Thread.getAllStackTraces()).hasSizeLessThan(before + 40);
      assertThat(lambda.home()).isNull();
    }
  }

  private static Identity identity(String account) {
    return new Identity("team", "writer", account, "session of " + account);
  }

  @Test
  void aForgottenResourceIsNotWatched() {
    // Given
    sweeper.watch("a", new Target("eu-west-1", "orders"), null);

    // When
    sweeper.forget("a");

    // Then
    assertThat(sweeper.mayBeListed("a")).isFalse();
    assertThat(sweeper.lookInterval("a")).isEqualTo(Duration.ofHours(1));
  }
}
