package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.aws.sweep.SweepListener;
import dev.lambdaconfig.controller.report.DriftTimer;
import dev.lambdaconfig.controller.state.Observation;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Collection;
import java.util.function.DoubleSupplier;

/** Triggers resources of which a sweep saw that their function changed, or is to be read. */
public final class FunctionEventSource implements SweepListener {

  private final ResourceTrigger trigger;
  private final DriftTimer drifts;
  private final SweepReporter reporter;
  private final DoubleSupplier random;

  /**
   * Creates an event source.
   *
   * @param random numbers from 0 to 1, which spread the reads
   */
  public FunctionEventSource(
      ResourceTrigger trigger, DriftTimer drifts, SweepReporter reporter, DoubleSupplier random) {
    this.trigger = trigger;
    this.drifts = drifts;
    this.reporter = reporter;
    this.random = random;
  }

  @Override
  public void changed(String uid) {
    trigger.triggerAfter(
        uid,
        state -> {
          state.observe(Observation::stale);
          drifts.changed(state);
        });
  }

  @Override
  public void readEach(Collection<String> uids, Duration within) {
    for (String uid : uids) {
      trigger.scheduleAtTheLatest(
          uid, Duration.ofNanos((long) (within.toNanos() * random.getAsDouble())));
    }
  }

  @Override
  public void listingRefused(String region, Failure why, String watched) {
    reporter.listingRefused(region, why, watched);
  }

  @Override
  public void swept(String region, Duration took, int functions, int changed) {
    reporter.swept(region, took, functions, changed);
  }
}
