package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.ResourceStates;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.status.Notice;
import dev.lambdaconfig.status.Notices;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what sweeps come to, in the log, as Events and to the metrics. */
public final class SweepReporter {

  private static final Logger LOG = LoggerFactory.getLogger(SweepReporter.class);

  private final ResourceStates states;
  private final ResourceCache cache;
  private final EventRecorder events;
  private final RoundListener rounds;

  /** Reports to these. */
  public SweepReporter(
      ResourceStates states, ResourceCache cache, EventRecorder events, RoundListener rounds) {
    this.states = states;
    this.cache = cache;
    this.events = events;
    this.rounds = rounds;
  }

  /** AWS refuses to list functions; reported on a resource of which a function is watched. */
  void listingRefused(String region, Failure why, String watched) {
    ResourceState state = states.find(watched);
    if (state != null) {
      // AWS's message names the identity and the action; no function is in it.
      Notice notice = Notices.listingRefused(region, why.code(), why.reason());
      cache
          .get(state.id())
          .ifPresent(about -> events.recordOnce(about, "listing-refused-" + region, notice));
    }
  }

  /** A round over all functions of a Region ended. */
  void swept(String region, Duration took, int functions, int changed) {
    LOG.atDebug()
        .addKeyValue("region", region)
        .addKeyValue("took", took)
        .addKeyValue("functions", functions)
        .addKeyValue("changed", changed)
        .log("swept");
    rounds.swept(region, took, functions, changed);
  }
}
