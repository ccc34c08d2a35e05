package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.status.Notice;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which deletions leave fields behind that were to be restored. */
final class UnheldDeletionTest {

  private final RecordedEvents events = new RecordedEvents();
  private final ManagedResource resource =
      new ManagedResource("{timeout: 9, deletionPolicy: Restore}");
  private boolean gone = true;
  private OperatorMode mode = OperatorMode.ENFORCE;

  @BeforeEach
  void isUpdated() {
    resource.status.baseline = List.of(new BaselineField("timeout", 3L, null));
    resource.status.lastAppliedTime = ManagedResource.NOW.toString();
    resource.resource.setStatus(resource.status);
  }

  @Test
  void oneWithoutItsFinalizerIsReported() {
    delete();

    assertThat(events.all)
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.reason()).isEqualTo(Notice.RESTORE_ABANDONED);
              assertThat(notice.message()).contains("without restoring timeout: another writer");
            });
  }

  @Test
  void oneThatWasMarkedIsNotForItWasReconciled() {
    resource.deleted();
    delete();

    assertThat(events.all).isEmpty();
  }

  @Test
  void oneWithTheFinalizerIsNotForTheWatchHasMissedItsEnd() {
    resource.resource.addFinalizer(RestoreFinalizer.NAME);
    delete();

    assertThat(events.all).isEmpty();
  }

  @Test
  void aResourceThatOnlyLeftTheSelectorIsNot() {
    gone = false;
    delete();

    assertThat(events.all).isEmpty();
  }

  @Test
  void oneThatNeverUpdatedIsNot() {
    resource.status.lastAppliedTime = null;
    delete();

    assertThat(events.all).isEmpty();
  }

  @Test
  void underAnObservingOperatorNothingIs() {
    mode = OperatorMode.OBSERVE;
    delete();

    assertThat(events.all).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{timeout: 9}",
        "{timeout: 9, deletionPolicy: Restore, mode: Observe}",
        "{timeout: 9, deletionPolicy: Restore, suspend: true}"
      })
  void oneThatIsReleasedWithoutAWriteIsNot(String spec) {
    resource.declare(spec);
    delete();

    assertThat(events.all).isEmpty();
  }

  private void delete() {
    new UnheldDeletion(mode, any -> gone, new ChangeReporter(events)).deleted(resource.resource);
  }
}
