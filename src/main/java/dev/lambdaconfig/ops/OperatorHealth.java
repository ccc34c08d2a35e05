package dev.lambdaconfig.ops;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The health of an operator: ready once it has started and read its resources, be it to stand by;
 * live as long as no pass hangs, and those that are asked for begin.
 *
 * <p>An API server that goes away for a while makes neither fail: what was read stays known, and to
 * start anew would help nobody.
 */
public final class OperatorHealth implements Health {

  /**
   * No pass takes as long: it makes a handful of calls to AWS, of 20 s each, and to the API server,
   * of half a minute each with the client's own retries.
   */
  static final Duration LONGEST_PASS = Duration.ofMinutes(10);

  /**
   * No pass waits as long while nothing else begins, or while others overtake it: a resource waits
   * for its own pass, which is not longer than {@link #LONGEST_PASS}, and then for its place in the
   * queue. A queue that is long because the API server is away moves all the same.
   */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final BooleanSupplier started;
  private final Supplier<List<InformerHealthIndicator>> informers;
  private final Supplier<Duration> longestPass;
  private final Supplier<Duration> longestNotBegun;

  OperatorHealth(
      BooleanSupplier started,
      Supplier<List<InformerHealthIndicator>> informers,
      Supplier<Duration> longestPass,
      Supplier<Duration> longestNotBegun) {
    this.started = started;
    this.informers = informers;
    this.longestPass = longestPass;
    this.longestNotBegun = longestNotBegun;
  }

  /**
   * Looks at the given operator.
   *
   * @param longestPass for how long the oldest pass has run
   * @param longestNotBegun for how long a pass that was asked for could have begun, and did not
   */
  public static OperatorHealth of(
      Operator operator, Supplier<Duration> longestPass, Supplier<Duration> longestNotBegun) {
    return new OperatorHealth(
        () -> operator.getRuntimeInfo().isStarted(),
        () -> informers(operator),
        longestPass,
        longestNotBegun);
  }

  private static List<InformerHealthIndicator> informers(Operator operator) {
    List<InformerHealthIndicator> informers = new ArrayList<>();
    for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
      for (InformerWrappingEventSourceHealthIndicator<?> source :
          controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values()) {
        informers.addAll(source.informerHealthIndicators().values());
      }
    }
    return informers;
  }

  @Override
  public Verdict live() {
    Duration longest = longestPass.get();
    if (longest.compareTo(LONGEST_PASS) >= 0) {
      return new Verdict(false, "a pass has run for " + longest.toSeconds() + " s");
    }
    Duration waited = longestNotBegun.get();
    return waited.compareTo(LONGEST_WAIT) < 0
        ? new Verdict(true, "ok")
        : new Verdict(
            false, "a pass was asked for " + waited.toSeconds() + " s ago and does not begin");
  }

  @Override
  public Verdict ready() {
    // Whether they watch is no sign: between two watches no informer does.
    return started.getAsBoolean()
            && informers.get().stream().allMatch(InformerHealthIndicator::hasSynced)
        ? new Verdict(true, "ok")
        : new Verdict(false, "starting: the resources are not all read yet");
  }
}
