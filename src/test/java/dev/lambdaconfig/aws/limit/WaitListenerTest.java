package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.WaitListener.Bucket;
import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long calls wait for their turn, as it is told. */
final class WaitListenerTest {

  private record Told(Bucket bucket, Priority priority, Duration waited) {}

  private final VirtualTime time = new VirtualTime();
  private final List<Told> told = new ArrayList<>();
  private final AccountQuota account =
      new AccountQuota(
          10,
          time::nanos,
          (bucket, priority, waited) -> told.add(new Told(bucket, priority, waited)));

  @Test
  void aCallThatIsGrantedAtOnceHasNotWaited() {
    // When
    account.control().ask(id("a"), Priority.READ);
    account.getFunction().ask(id("b"), Priority.SETTLE);

    // Then
    assertThat(told)
        .containsExactly(
            new Told(Bucket.CONTROL, Priority.READ, Duration.ZERO),
            new Told(Bucket.GET_FUNCTION, Priority.SETTLE, Duration.ZERO));
  }

  @Test
  void aCallHasWaitedSinceItWasFirstAskedFor() {
    // Given
    while (account.control().ask(id("others"), Priority.WRITE)
        instanceof Reservation.Granted granted) {
      granted.permit().done(CallOutcome.ANSWERED);
    }
    account.control().forget(id("others"));
    account.control().ask(id("a"), Priority.WRITE);
    time.pass(0.05);
    assertThat(account.control().ask(id("a"), Priority.WRITE))
        .isInstanceOf(Reservation.Deferred.class);
    told.clear();

    // When
    time.pass(0.25);
    account.control().ask(id("a"), Priority.WRITE);

    // Then
    assertThat(told)
        .containsExactly(new Told(Bucket.CONTROL, Priority.WRITE, Duration.ofMillis(300)));
  }
}
