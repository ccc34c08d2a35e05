package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.kube.RecordedEvents;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is reported of the Secrets and ConfigMaps behind values. */
final class SourceReporterTest {

  private final ManagedResource orders = new ManagedResource("{timeout: 9}");
  private final ResourceID id = ResourceID.fromResource(orders.resource);
  private final RecordedEvents events = new RecordedEvents();
  private final List<ResourceID> changed = new ArrayList<>();
  private final SourceReporter reporter =
      new SourceReporter(
          changed::addAll,
          wanted -> wanted.equals(id) ? Optional.of(orders.resource) : Optional.empty(),
          events);

  @Test
  void aChangeIsPassedOn() {
    reporter.changed(List.of(id));

    assertThat(changed).containsExactly(id);
  }

  @Test
  void whatIsNotWatchedIsReportedOnADependent() {
    reporter.notWatched("value-watch-secrets", id, "RBAC does not allow it: grant it");
    reporter.notWatched("value-watch-secrets", new ResourceID("gone", "team-a"), "no");

    assertThat(events.about).containsExactly("orders");
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("ValuesNotWatched");
              assertThat(event.warning()).isTrue();
              assertThat(event.message()).isEqualTo("RBAC does not allow it: grant it");
            });
  }
}
