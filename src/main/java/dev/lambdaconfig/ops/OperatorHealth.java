package dev.lambdaconfig.ops;

import dev.lambdaconfig.ops.informer.Informers;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The health of an operator. It is ready once it has started and read its resources, even as a
 * candidate that does not lead. It is live as long as no reconcile hangs, requested reconciles
 * start, and its election goes on.
 *
 * <p>An unreachable API server fails neither probe: the cached resources stay valid, and a restart
 * would not help. Where it would, because the API server's CA was replaced, {@link ServerTrust}
 * ends the process.
 */
public final class OperatorHealth implements Health {

  /**
   * Duration that no healthy reconcile reaches: it makes a few calls to AWS, of 20 s at most, and
   * to the API server, of half a minute at most with the client's retries.
   */
  static final Duration LONGEST_PASS = Duration.ofMinutes(10);

  /**
   * Time that no healthy reconcile waits while no other one begins, or while others overtake it: a
   * resource waits for the end of its previous reconcile, which is shorter than {@link
   * #LONGEST_PASS}, and then in the queue. A queue that is long because the API server is
   * unreachable still moves.
   */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** Time in which an elector asks for the Lease a dozen times, whether it is answered or not. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private final BooleanSupplier started;
  private final Supplier<List<InformerHealthIndicator>> informers;
  private final Supplier<Duration> longestPass;
  private final Supplier<Duration> longestNotBegun;
  private final Supplier<Duration> electorSilence;

  /** Whether all were read once: a namespace that is added later keeps no other one waiting. */
  private volatile boolean haveRead;

  OperatorHealth(
      BooleanSupplier started,
      Supplier<List<InformerHealthIndicator>> informers,
      Supplier<Duration> longestPass,
      Supplier<Duration> longestNotBegun,
      Supplier<Duration> electorSilence) {
    this.started = started;
    this.informers = informers;
    this.longestPass = longestPass;
    this.longestNotBegun = longestNotBegun;
    this.electorSilence = electorSilence;
  }

  /**
   * Returns the health of an operator.
   *
   * @param longestPass returns the duration of the oldest running reconcile
   * @param longestNotBegun returns the longest time for which a requested reconcile could have
   *     begun and did not
   * @param electorSilence returns the time since the last request for the Lease; zero without one
   */
  public static OperatorHealth of(
      Operator operator,
      Supplier<Duration> longestPass,
      Supplier<Duration> longestNotBegun,
      Supplier<Duration> electorSilence) {
    return new OperatorHealth(
        () -> operator.getRuntimeInfo().isStarted(),
        () -> Informers.of(operator),
        longestPass,
        longestNotBegun,
        electorSilence);
  }

  @Override
  public ProbeResult live() {
    Duration longest = longestPass.get();
    if (longest.compareTo(LONGEST_PASS) >= 0) {
      return new ProbeResult(false, "a reconcile has run for " + longest.toSeconds() + " s");
    }
    Duration silence = electorSilence.get();
    // The elector begins once all resources have been read.
    if (started.getAsBoolean() && silence.compareTo(LONGEST_SILENCE) >= 0) {
      return new ProbeResult(
          false,
          "the election has ended: the Lease was last asked for "
              + silence.toSeconds()
              + " s ago, so that this operator can never lead");
    }
    Duration waited = longestNotBegun.get();
    return waited.compareTo(LONGEST_WAIT) < 0
        ? new ProbeResult(true, "ok")
        : new ProbeResult(
            false,
            "a reconcile was requested " + waited.toSeconds() + " s ago and has not started");
  }

  @Override
  public ProbeResult ready() {
    // Whether informers watch is no sign of health: none does between two watches, and those that
    // have lost their watch would not get it back by a restart. A metric shows them.
    boolean running = started.getAsBoolean();
    if (running && !haveRead) {
      haveRead = informers.get().stream().allMatch(InformerHealthIndicator::hasSynced);
    }
    return running && haveRead
        ? new ProbeResult(true, "ok")
        : new ProbeResult(false, "starting: the resources have not all been read");
  }
}
