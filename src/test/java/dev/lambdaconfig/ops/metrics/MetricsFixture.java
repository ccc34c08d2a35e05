package dev.lambdaconfig.ops.metrics;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.sweep.SweepState;
import dev.lambdaconfig.controller.ControllerView;
import dev.lambdaconfig.controller.report.ConditionCounts;
import dev.lambdaconfig.controller.report.ReconcileOutcome;
import dev.lambdaconfig.controller.report.UpdateOutcome;
import dev.lambdaconfig.controller.rollout.PauseView;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The metrics of a fictitious operator, and the state that they read. */
public final class MetricsFixture {

  /** A Lambda that refuses everything. */
  private static final class Refusing implements LambdaFunctions, FunctionLists {

    private static final Failure DENIED = new Failure("AccessDeniedException", "no", 403, null);

    @Override
    public Answer read(Target target) {
      return new Answer.Failed(DENIED);
    }

    @Override
    public Answer readFunction(Target target) {
      return new Answer.Failed(DENIED);
    }

    @Override
    public Sent update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      return new Sent(new Answer.Failed(DENIED));
    }

    @Override
    public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
      return new Failed(DENIED);
    }
  }

  /** A failure for each outcome of a call that is no success. */
  private static final List<Failure> FAILURES =
      List.of(
          new Failure("TooManyRequestsException", null, 429, null),
          new Failure("ResourceConflictException", null, 409, null),
          new Failure("PreconditionFailedException", null, 412, null),
          new Failure("ResourceNotFoundException", null, 404, null),
          Refusing.DENIED,
          new Failure("ServiceException", null, 500, null),
          new Failure(Failure.CREDENTIALS_UNAVAILABLE, null, 0, null),
          new Failure("InvalidParameterValueException", null, 400, null));

  private static final Map<String, Integer> RETRYING =
      Map.of("ServiceException", 1, Failure.ENDPOINT_UNREACHABLE, 1, Decider.UPDATE_STUCK, 1);

  private record Paused(boolean all, int namespaces) {}

  private static final class Seen implements ControllerView {

    private ConditionCounts conditionCounts = ConditionCounts.EMPTY;
    private int counted;
    private List<SweepState> sweeps = List.of();
    private final Map<String, Paused> pauses = new LinkedHashMap<>();
    private Duration oldest = Duration.ZERO;

    @Override
    public ConditionCounts conditionCounts() {
      counted++;
      return conditionCounts;
    }

    @Override
    public List<SweepState> sweeps() {
      return sweeps;
    }

    @Override
    public void showPauses(PauseView view) {
      pauses.forEach((region, paused) -> view.show(region, paused.all(), paused.namespaces()));
    }

    @Override
    public Duration oldestUnfinishedReconcile() {
      return oldest;
    }

    @Override
    public Duration longestNotBegun() {
      return Duration.ZERO;
    }

    @Override
    public Duration longestRunningReconcile() {
      return oldest;
    }
  }

  private final OperatorMetrics metrics = new OperatorMetrics();
  private final Seen seen = new Seen();
  private final RateLimitedLambda lambda;
  private boolean leads = true;

  /** Creates the metrics of an operator that has done nothing yet. */
  public MetricsFixture() {
    Refusing refusing = new Refusing();
    lambda =
        new RateLimitedLambda(
            refusing,
            refusing,
            new CallLimits(14),
            System::nanoTime,
            new RateLimitedLambda.Listeners(metrics.waits(), RegionListener.NONE));
    metrics.watch(() -> true);
    metrics.watchInformers(() -> 0);
    metrics.watch(
        lambda.accounts(),
        seen,
        () -> leads,
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()));
  }

  /** Creates the metrics of an operator that has a value for each metric. */
  public static MetricsFixture ofEverything() {
    MetricsFixture told = new MetricsFixture();
    FAILURES.forEach(failure -> told.call("GetFunctionConfiguration", "eu-west-1", failure));
    told.call("GetFunction", "eu-west-1", null);
    told.call("UpdateFunctionConfiguration", "eu-west-1", null);
    told.call("ListFunctions", "eu-west-1", null);
    told.read("eu-west-1");
    told.sweeps(state(true, false, 30));
    told.metrics.rounds().swept("eu-west-1", Duration.ofSeconds(3), 200, 2);
    for (ReconcileOutcome outcome : ReconcileOutcome.values()) {
      told.metrics.passes().decided(outcome);
    }
    for (String operation : List.of("AssumeRole", "AssumeRoleWithWebIdentity")) {
      told.metrics.stsCalls().called(operation, "eu-west-1", null, Duration.ofMillis(20));
    }
    FAILURES.forEach(
        failure ->
            told.metrics
                .stsCalls()
                .called("AssumeRole", "eu-west-1", failure, Duration.ofMillis(20)));
    told.metrics.passes().ended(Duration.ofMillis(20), false);
    told.metrics.passes().updateEnded(Cause.DriftCorrected, UpdateOutcome.Succeeded);
    told.metrics.passes().driftSettled(Duration.ofSeconds(2));
    told.stalled(Map.of("AccessDeniedException", 1));
    told.paused("eu-west-1", false, 0);
    return told;
  }

  /** The listeners by which the controller reports to the metrics. */
  OperatorMetrics listeners() {
    return metrics;
  }

  void call(String operation, String region, @Nullable Failure failure) {
    metrics.calls().called(operation, region, failure, Duration.ofMillis(20));
  }

  /** Makes a call within the request budget, which is refused. */
  void read(String region) {
    lambda.read("uid-" + region, new Target(region, "function"), Priority.READ);
  }

  /** The last resource of the Region goes. */
  void leave(String region) {
    lambda.forget("uid-" + region);
  }

  void sweeps(SweepState... states) {
    seen.sweeps = List.of(states);
  }

  /** The state of the sweep of a Region with an interval of one minute. */
  static SweepState state(boolean listing, boolean refused, int age) {
    return new SweepState(
        "eu-west-1", listing, refused, Duration.ofSeconds(age), Duration.ofMinutes(1), 210);
  }

  void stalled(Map<String, Integer> reasons) {
    Map<String, Map<String, Integer>> conditions =
        new HashMap<>(ConditionCounts.EMPTY.conditions());
    seen.conditionCounts =
        new ConditionCounts(conditions, reasons, RETRYING, Duration.ofSeconds(90));
  }

  void paused(String region, boolean all, int namespaces) {
    seen.pauses.put(region, new Paused(all, namespaces));
  }

  void unfinishedFor(Duration time) {
    seen.oldest = time;
  }

  void standsBy() {
    leads = false;
  }

  /** The number of times that the resources were counted. */
  int counted() {
    return seen.counted;
  }

  /** The current metrics. */
  public Scrape scrape() {
    return Scrape.of(text());
  }

  /** The same as it is served. */
  public String text() {
    return metrics.scrape();
  }
}
