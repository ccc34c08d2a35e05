package dev.lambdaconfig.controller.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the results of sweeps are reported. */
final class SweepReporterTest {

  private static final Failure DENIED =
      new Failure("AccessDeniedException", "not authorized to perform ListFunctions", 403, null);

  private final ManagedResource watched = new ManagedResource("{timeout: 9}");
  private final ManagedResource other = new ManagedResource("team-b", "other", "{timeout: 9}");
  private final ResourceStates states = new ResourceStates();
  private final RecordedEvents events = new RecordedEvents();
  private final List<String> rounds = new ArrayList<>();
  private final SweepReporter reporter =
      new SweepReporter(
          states,
          ResourceCaches.of(watched.resource, other.resource),
          events,
          (region, took, functions, changed) ->
              rounds.add(region + " " + took + " " + functions + " " + changed));

  @Test
  void aRefusedListIsReportedOnTheWatchedResourceWithWhatToGrant() {
    // Given
    states.of(watched.resource);
    states.of(other.resource);

    // When
    reporter.listingRefused("eu-west-1", DENIED, watched.uid());

    // Then
    assertThat(events.about).containsExactly("orders");
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("ListingRefused");
              assertThat(event.warning()).isTrue();
              assertThat(event.message())
                  .contains("eu-west-1")
                  .contains("AccessDeniedException: not authorized to perform ListFunctions")
                  .contains("grant lambda:ListFunctions");
            });
  }

  @Test
  void eachRegionIsReportedOnceWhateverTheResource() {
    // Given
    states.of(watched.resource);
    states.of(other.resource);

    // When
    reporter.listingRefused("eu-west-1", DENIED, watched.uid());
    reporter.listingRefused("eu-west-1", DENIED, other.uid());
    reporter.listingRefused("us-east-1", DENIED, other.uid());

    // Then: the recorder tells Events apart by their keys
    assertThat(events.keys)
        .containsExactly(
            "listing-refused-eu-west-1", "listing-refused-eu-west-1", "listing-refused-us-east-1");
  }

  @Test
  void aRefusalThatMayBeAProxysIsReportedAsSuch() {
    // Given
    states.of(watched.resource);

    // When
    reporter.listingRefused("eu-west-1", new Failure("HTTP403", null, 403, null), watched.uid());

    // Then
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> assertThat(event.message()).contains("(HTTP403: ", "check the proxies"));
  }

  @Test
  void nothingIsReportedOnAResourceThatIsGone() {
    // Given: one is forgotten, and the cache has lost the other
    ManagedResource uncached = new ManagedResource("team-c", "uncached", "{timeout: 9}");
    states.of(uncached.resource);

    // When
    reporter.listingRefused("eu-west-1", DENIED, watched.uid());
    reporter.listingRefused("eu-west-1", DENIED, uncached.uid());

    // Then
    assertThat(events.all).isEmpty();
  }

  @Test
  void aRoundIsCounted() {
    // When
    reporter.swept("eu-west-1", Duration.ofSeconds(2), 100, 3);

    // Then
    assertThat(rounds).containsExactly("eu-west-1 PT2S 100 3");
    assertThat(events.all).isEmpty();
  }
}
