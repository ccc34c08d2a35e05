package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.WaitListener.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long calls wait for their turn, as it is told. */
final class WaitListenerTest {

  private record Told(Bucket bucket, Priority priority, Duration waited) {}

  private final World world = new World();
  private final List<Told> told = new ArrayList<>();
  private final AccountBudget account =
      new AccountBudget(
          10,
          world::nanos,
          (bucket, priority, waited) -> told.add(new Told(bucket, priority, waited)));

  @Test
  void aCallThatIsGrantedAtOnceHasNotWaited() {
    // When
    account.control().ask("a", Priority.READ);
    account.getFunction().ask("b", Priority.SETTLE);

    // Then
    assertThat(told)
        .containsExactly(
            new Told(Bucket.CONTROL, Priority.READ, Duration.ZERO),
            new Told(Bucket.GET_FUNCTION, Priority.SETTLE, Duration.ZERO));
  }

  @Test
  void aCallHasWaitedSinceItWasFirstAskedFor() {
    // Given
    while (account.control().ask("others", Priority.WRITE) instanceof Turn.Now now) {
      now.permit().done(Outcome.ANSWERED);
    }
    account.control().forget("others");
    account.control().ask("a", Priority.WRITE);
    world.pass(0.05);
    assertThat(account.control().ask("a", Priority.WRITE)).isInstanceOf(Turn.Later.class);
    told.clear();

    // When
    world.pass(0.25);
    account.control().ask("a", Priority.WRITE);

    // Then
    assertThat(told)
        .containsExactly(new Told(Bucket.CONTROL, Priority.WRITE, Duration.ofMillis(300)));
  }
}
