package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.cli.plan.planning.Preparation.ToRead;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.environment.ResolvedEnvironment;
import dev.lambdaconfig.plan.environment.UnreadValue;
import dev.lambdaconfig.plan.environment.UnresolvedValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans for one function that was read, by the operator's own decision. */
final class FunctionPlanner {

  /** Spreads delays in the operator, of which a plan has none. */
  private static final double NO_SPREAD = 0;

  private final SourceLookup sources;
  private final RuntimeSupport runtimes;
  private final DecisionInput.Options options;
  private final Instant now;

  FunctionPlanner(
      SourceLookup sources, RuntimeSupport runtimes, DecisionInput.Options options, Instant now) {
    this.sources = sources;
    this.runtimes = runtimes;
    this.options = options;
    this.now = now;
  }

  /** The plan of a resource, by AWS's answer about its function. */
  FunctionPlan plan(ToRead readable, Answer answer) {
    return switch (answer) {
      case Answer.Failed(var failure) ->
          readable
              .plan()
              .failing(
                  ReadProblems.of(
                      failure, decide(readable, readable.declared(), answer).decision()));
      case Answer.Described(ObservedFunction function) -> described(readable, function, answer);
    };
  }

  private FunctionPlan described(ToRead readable, ObservedFunction function, Answer answer) {
    LambdaFunctionConfigSpec spec = readable.input().spec();
    Set<SourceKey> keys = ResolvedEnvironment.sources(spec.environment());
    Desired resolved = readable.declared();
    List<UnreadValue> unread = List.of();
    if (!keys.isEmpty()) {
      ResolvedEnvironment environment =
          ResolvedEnvironment.assuming(spec.environment(), read(readable, keys), values(function));
      resolved = readable.declared().resolving(spec, environment);
      unread = environment.unread();
    }
    UnresolvedValue problem = resolved.unresolved();
    if (problem != null) {
      return readable.plan().failing(new PlanProblem(problem.reason(), problem.message()));
    }
    Desired desired =
        PreviousStatus.by(readable.input().resource().getStatus())
            .continued(
                resolved,
                readable.input().resource(),
                readable.input().generation(),
                Map.of(),
                value -> "");
    Judgement judgement = decide(readable, desired, answer);
    return new DecidedPlan(readable, function, unread, runtimes.notes(spec, function))
        .of(judgement);
  }

  private Map<SourceKey, ValueSource> read(ToRead readable, Set<SourceKey> keys) {
    Map<SourceKey, ValueSource> needed = new HashMap<>();
    sources
        .read(readable.input().origin().namespace(), keys)
        .forEach(
            (key, read) ->
                needed.put(
                    key,
                    ResolvedEnvironment.needed(readable.input().spec().environment(), key, read)));
    return needed;
  }

  private static Map<String, String> values(ObservedFunction function) {
    Map<String, String> values = new HashMap<>();
    function
        .environment()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Secret(String text)) {
                values.put(name, text);
              }
            });
    return values;
  }

  /** The operator's decision, as if somebody requested it: nothing is held back or put off. */
  private Judgement decide(ToRead readable, Desired desired, Answer answer) {
    PreviousStatus previous = PreviousStatus.by(readable.input().resource().getStatus());
    return Decider.afterRead(
        new DecisionInput(
            desired,
            readable.input().generation(),
            readable.input().spec().observes() ? Purpose.OBSERVE : Purpose.ENFORCE,
            true,
            options,
            now,
            NO_SPREAD,
            previous.before(),
            readable.target(),
            previous.history(),
            RetryState.NONE),
        answer);
  }
}
