package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.controller.report.DriftTimer;
import dev.lambdaconfig.controller.report.ReconcileListener;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the news of a sweep. */
final class FunctionEventSourceTest {

  private final TriggeredResources resources = new TriggeredResources();
  private final ResourceState state = resources.states.of(resources.resource.resource);
  private final RecordedEvents events = new RecordedEvents();
  private final FunctionEventSource source =
      new FunctionEventSource(
          resources.trigger,
          new DriftTimer(ReconcileListener.NOBODY, () -> 7),
          new SweepReporter(
              resources.states,
              ResourceCaches.of(resources.resource.resource),
              events,
              RoundListener.NOBODY),
          () -> 0);

  @AfterEach
  void close() {
    resources.close();
  }

  @Test
  void aChangedFunctionIsNotPlannedFromAnyMoreAndItsResourceTriggered() {
    // Given
    state.observe(seen -> seen.judged(DesiredVersion.of(1)));

    // When
    source.changed(state.uid());

    // Then
    assertThat(resources.triggered).containsExactly(state.id());
    assertThat(state.observation().function()).isNull();
    assertThat(state.drift()).isEqualTo(new ResourceState.Drift(7, false));
  }

  @Test
  void aChangeOfAFunctionWhoseResourceIsGoneIsNoNews() {
    // Given
    resources.states.forget(state.uid());

    // When
    source.changed(state.uid());

    // Then
    assertThat(resources.triggered).isEmpty();
    assertThat(state.drift()).isNull();
  }

  @Test
  void resourcesThatAreToReadTheirFunctionAreTriggeredWithinTheTime() throws InterruptedException {
    // When
    source.readEach(List.of(state.uid(), "gone"), Duration.ofMinutes(1));

    // Then
    assertThat(resources.triggered.poll(30, TimeUnit.SECONDS)).isEqualTo(state.id());
    assertThat(resources.triggered).isEmpty();
  }

  @Test
  void aRefusedListIsReportedOnAResourceOfTheRegion() {
    // When
    source.listingRefused(
        "eu-west-1", new Failure("AccessDeniedException", "no", 403, null), state.uid());

    // Then
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("ListingRefused");
              assertThat(event.message()).contains("eu-west-1").contains("AccessDeniedException");
            });
  }
}
