package dev.lambdaconfig.kube.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A forged status is corrected, whatever comes first: the watch that delivers it, or the answer to
 * a request of the operator that was answered before it was forged.
 */
final class ForgedStatusOrderTest {

  private StatusServer server = new StatusServer("");
  private ServerSideApplyStatusStore store = new ServerSideApplyStatusStore(server.client);

  private void givenVersionsThatBeginWith(String prefix) {
    server = new StatusServer(prefix);
    store = new ServerSideApplyStatusStore(server.client);
  }

  @Nested
  final class SeenBeforeTheAnswerToAWrite {

    @Test
    void itIsCorrectedToWhatWasWritten() {
      // Given
      givenWritten("Pending");
      server.beforeTheAnswerTo("apply", () -> forgeAndDeliver("Forged"));

      // When
      write("Active");

      // Then
      assertCorrectedTo("Active");
    }

    @Test
    void itIsCorrectedAlsoWhereItIsTheFirstThatTheWatchDeliversOfBoth() {
      // Given: the list after an interrupted watch has the last version only
      givenWritten("Pending");
      LambdaFunctionConfig before = server.resource();
      server.beforeTheAnswerTo(
          "apply",
          () -> {
            server.forge("state", "Forged");
            assertThat(store.changedByOthers(server.resource(), before)).isZero();
          });

      // When
      write("Active");

      // Then
      assertThat(known()).isEqualTo("Active");
      store.putRight(server.resource());
      assertThat(stored()).isEqualTo("Active");
    }

    @Test
    void theSecondOneIsCorrectedToWhatReplacedTheFirst() {
      // Given: the write is based on a version that nobody knows to be forged
      givenWritten("Pending");
      LambdaFunctionConfig cached = server.resource();
      server.forge("state", "Forged");
      server.beforeTheAnswerTo("apply", () -> forgeAndDeliver("Forged again"));

      // When
      assertThat(store.write(cached, status("Active"))).isEqualTo(StatusStore.Written.DONE);

      // Then
      assertCorrectedTo("Active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque-"})
    void theOneThatTheWriteReplacedIsNotLookedForAgain(String prefix) {
      // Given: the watch is late, and delivers the forged status only now
      givenVersionsThatBeginWith(prefix);
      givenWritten("Pending");
      LambdaFunctionConfig cached = server.resource();
      server.forge("state", "Forged");
      server.beforeTheAnswerTo("apply", ForgedStatusOrderTest.this::deliver);

      // When
      assertThat(store.write(cached, status("Active"))).isEqualTo(StatusStore.Written.DONE);

      // Then
      server.requests.clear();
      store.putRight(server.resource());
      assertThat(server.requests).isEmpty();
      assertNothingIsKept();
    }
  }

  @Test
  void oneThatIsSeenAfterTheAnswerIsCorrected() {
    // Given
    givenWritten("Pending");
    write("Active");

    // When
    forgeAndDeliver("Forged");

    // Then
    assertCorrectedTo("Active");
  }

  @Test
  void oneThatIsSeenBeforeTheAnswerToAReadIsCorrected() {
    // Given: what the read finds is in order, as somebody has put it back
    givenWritten("Active");
    forgeAndDeliver("Forged");
    forgeAndDeliver("Active");
    server.beforeTheAnswerTo("read", () -> forgeAndDeliver("Forged"));

    // When
    store.putRight(server.resource());

    // Then
    assertCorrectedTo("Active");
  }

  @Test
  void aCorrectedOneLeavesNothing() {
    // Given
    givenWritten("Active");
    forgeAndDeliver("Forged");

    // When
    store.putRight(server.resource());
    deliver();

    // Then
    server.requests.clear();
    store.putRight(server.resource());
    assertThat(server.requests).isEmpty();
    assertNothingIsKept();
  }

  @Nested
  final class ForgedBeforeWhatOthersWroteIsRemoved {

    @Test
    void itIsCorrectedWhereItIsSeenBeforeTheAnswer() {
      // Given: the removal is read from a version that is forged again
      givenWritten("Active");
      server.forge("stateReason", "Forged");
      deliver();
      server.beforeTheAnswerTo("apply", () -> forgeAndDeliver("Forged"));

      // When
      store.putRight(server.resource());

      // Then
      assertIsNotTheOperators();
    }

    @Test
    void itIsCorrectedWhereItIsSeenAfterTheAnswer() {
      // Given
      givenWritten("Active");
      server.forge("stateReason", "Forged");
      deliver();
      server.beforeTheAnswerTo("apply", () -> server.forge("state", "Forged"));

      // When
      store.putRight(server.resource());
      assertThat(server.requests).endsWith("apply", "read", "remove");

      // Then
      assertIsNotTheOperators();
    }

    private void assertIsNotTheOperators() {
      deliver();
      assertThat(stored()).isEqualTo("Forged");
      assertThat(known()).isEqualTo("Active");
      // The next correction has to wait for a second, and a report has not.
      write("Active");
      assertThat(server.resource().getStatus()).isEqualTo(status("Active"));
      assertNothingIsKept();
    }
  }

  @Test
  void aRestoredStatusOfAnOlderVersionIsKnownAndJudgedAnew() {
    // Given
    LambdaFunctionConfig restored = server.resource();
    restored.setStatus(status("Pending"));
    givenWritten("Active");

    // When: the list after a restore of etcd has it
    assertThat(store.changedByOthers(restored, server.resource())).isZero();

    // Then: the server has the say, which refuses an older basis where it only lagged behind
    assertThat(requireNonNull(store.known(restored).status()).state).isEqualTo("Pending");
    assertThat(store.write(restored, status("Active"))).isEqualTo(StatusStore.Written.STALE);
    assertNothingIsKept();
  }

  private void givenWritten(String state) {
    write(state);
    deliver();
    server.requests.clear();
  }

  private void write(String state) {
    assertThat(store.write(server.resource(), status(state))).isEqualTo(StatusStore.Written.DONE);
  }

  private void forgeAndDeliver(String state) {
    server.forge("state", state);
    deliver();
  }

  private void deliver() {
    server.deliver(store::changedByOthers);
  }

  private static LambdaFunctionConfigStatus status(String state) {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = 1L;
    status.state = state;
    return status;
  }

  /** The state that the next reconcile takes for the operator's last. */
  private @Nullable String known() {
    return requireNonNull(store.known(server.resource()).status()).state;
  }

  private @Nullable String stored() {
    return requireNonNull(server.resource().getStatus()).state;
  }

  private void assertCorrectedTo(String state) {
    assertThat(known()).isEqualTo(state);
    store.putRight(server.resource());
    assertThat(server.resource().getStatus()).isEqualTo(status(state));
    deliver();
    assertThat(known()).isEqualTo(state);
    assertNothingIsKept();
  }

  private void assertNothingIsKept() {
    StateSizes sizes = new StateSizes();
    store.sizes(sizes);
    assertThat(sizes.byName()).containsEntry("ForeignStatuses.truths", 0L);
  }
}
