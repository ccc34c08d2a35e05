package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.EventQueue.Added;
import dev.lambdaconfig.kube.EventQueue.Pending;
import dev.lambdaconfig.status.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order and the bound of waiting Events. */
final class EventQueueTest {

  @Test
  void oneSenderIsStartedForALaneAndAnotherOnceThatOneIsDone() {
    EventQueue queue = new EventQueue(1, 10_000);

    assertThat(queue.add(event("a", "1"))).isEqualTo(Added.FIRST);
    assertThat(queue.add(event("b", "2"))).isEqualTo(Added.QUEUED);
    assertThat(drained(queue, 0)).containsExactly("1", "2");
    assertThat(queue.add(event("a", "3"))).isEqualTo(Added.FIRST);
  }

  @Test
  void whatIsFullTakesEqualEventsAndOthersOnceThereIsRoomAgain() {
    EventQueue queue = new EventQueue(1, 3_000);
    assertThat(queue.add(event("a", "x".repeat(900)))).isEqualTo(Added.FIRST);

    assertThat(queue.add(event("b", "y".repeat(900)))).isEqualTo(Added.REFUSED);
    assertThat(queue.add(event("a", "x".repeat(900)))).isEqualTo(Added.QUEUED);
    assertThat(queue.size()).isEqualTo(1);
    assertThat(drained(queue, 0)).hasSize(1);
    assertThat(queue.add(event("b", "y".repeat(900)))).isEqualTo(Added.FIRST);
  }

  @Test
  void allEventsOfAChangeOfTenThousandResourcesFitThoughNoneIsSent() {
    EventQueue queue = new EventQueue(8, 8_000_000);

    for (int i = 0; i < 10_000; i++) {
      assertThat(queue.add(event("uid-" + i, "updated environment.variables, timeout")))
          .isNotEqualTo(Added.REFUSED);
    }
  }

  private static Pending event(String uid, String message) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setName("orders-" + uid);
    resource.getMetadata().setUid(uid);
    return Pending.of(
        resource, new Notice(false, "UpdateSucceeded", message), "3f0c", false, Instant.EPOCH);
  }

  private static List<String> drained(EventQueue queue, int lane) {
    List<String> messages = new ArrayList<>();
    for (Pending next = queue.next(lane); next != null; next = queue.next(lane)) {
      messages.add(next.notice().message());
    }
    return messages;
  }
}
