package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers of the probes, which do not flap. */
final class OperatorHealthTest {

  private record Informer(boolean hasSynced, boolean isWatching)
      implements InformerHealthIndicator {

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public Status getStatus() {
      return isWatching ? Status.HEALTHY : Status.UNHEALTHY;
    }

    @Override
    public String getTargetNamespace() {
      return "team-a";
    }
  }

  private static final Informer SYNCED = new Informer(true, true);

  private boolean started = true;
  private List<InformerHealthIndicator> informers = List.of(SYNCED);
  private Duration longestPass = Duration.ZERO;
  private Duration longestNotBegun = Duration.ZERO;
  private Duration electorSilence = Duration.ZERO;
  private final OperatorHealth health =
      new OperatorHealth(
          () -> started,
          () -> informers,
          () -> longestPass,
          () -> longestNotBegun,
          () -> electorSilence);

  @Test
  void isNotLiveWhereTheElectionHasEnded() {
    // When
    electorSilence = OperatorHealth.LONGEST_SILENCE.minusMillis(1);
    boolean before = health.live().good();
    electorSilence = OperatorHealth.LONGEST_SILENCE;

    // Then
    assertThat(before).isTrue();
    assertThat(health.live().good()).isFalse();
    assertThat(health.live().detail()).contains("60 s ago");

    // When it has not begun
    started = false;

    // Then
    assertThat(health.live().good()).isTrue();
  }

  @Test
  void isReadyOnceAllInformersHaveSynced() {
    // Given
    informers = List.of(SYNCED, new Informer(false, true));
    assertThat(health.ready().good()).isFalse();

    // When
    informers = List.of(SYNCED, SYNCED);

    // Then
    assertThat(health.ready().good()).isTrue();
  }

  @Test
  void isNotReadyBeforeTheOperatorHasStarted() {
    // When
    started = false;

    // Then
    assertThat(health.ready().good()).isFalse();
    assertThat(health.live().good()).isTrue();
  }

  @Test
  void staysReadyWhileTheResourcesOfOneMoreNamespaceAreRead() {
    // Given
    assertThat(health.ready().good()).isTrue();

    // When
    informers = List.of(SYNCED, new Informer(false, false));

    // Then
    assertThat(health.ready().good()).isTrue();
  }

  @Test
  void staysReadyWhileNoWatchIsOpen() {
    // When
    informers = List.of(new Informer(true, false));

    // Then
    assertThat(health.ready().good()).isTrue();
  }

  @Test
  void isNotLiveWhileTriggeredReconcilesDoNotBegin() {
    // Given
    longestNotBegun = OperatorHealth.LONGEST_WAIT.minusSeconds(1);
    assertThat(health.live().good()).isTrue();

    // When
    longestNotBegun = OperatorHealth.LONGEST_WAIT;

    // Then
    assertThat(health.live().good()).isFalse();
    assertThat(health.live().detail())
        .isEqualTo("a reconcile was requested 900 s ago and has not started");
  }

  @Test
  void isNotLiveWhileAReconcileHangs() {
    // Given
    longestPass = OperatorHealth.LONGEST_PASS.minusSeconds(1);
    assertThat(health.live().good()).isTrue();

    // When
    longestPass = OperatorHealth.LONGEST_PASS;

    // Then
    assertThat(health.live().good()).isFalse();
    assertThat(health.live().detail()).contains("600 s");
    // And it stays ready.
    assertThat(health.ready().good()).isTrue();
  }
}
