package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.cli.plan.planning.Preparation.Planned;
import dev.lambdaconfig.cli.plan.planning.Preparation.ToRead;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans for many resources at once. */
public final class Planner {

  /** The reason where another resource owns the function. */
  private static final String CONFLICT = "Conflict";

  /** How long the operator waits is of no interest here. */
  private static final Duration NO_INTERVAL = Duration.ofMinutes(1);

  private final Preparation preparation;
  private final FunctionPlanner functions;

  /** Reads functions, and returns the answers in their order. */
  public interface Reading {
    /** Reads functions. */
    List<Answer> read(List<Target> functions) throws InterruptedException;
  }

  /**
   * Creates a planner.
   *
   * @param targets resolves specs to functions
   * @param sources the values that specs can refer to
   * @param runtimes the support of runtimes
   * @param allowUnguarded whether the operator updates functions without RevisionId
   * @param now the time
   */
  public Planner(
      Targets targets,
      SourceLookup sources,
      RuntimeSupport runtimes,
      boolean allowUnguarded,
      Instant now) {
    this.preparation = new Preparation(targets);
    this.functions =
        new FunctionPlanner(
            sources, runtimes, new DecisionInput.Options(NO_INTERVAL, allowUnguarded), now);
  }

  /** The plans of resources, in their order. */
  public List<FunctionPlan> plan(List<PlanInput> inputs, Reading reading)
      throws InterruptedException {
    List<FunctionPlan> plans = new ArrayList<>();
    SortedMap<Integer, ToRead> readable = new TreeMap<>();
    Map<FunctionKey, List<ToRead>> claims = new HashMap<>();
    for (PlanInput input : inputs) {
      switch (preparation.prepare(input)) {
        case Planned(FunctionPlan plan) -> plans.add(plan);
        case ToRead each -> {
          ToRead owner = owner(each, claims);
          if (owner == null) {
            readable.put(plans.size(), each);
          }
          plans.add(owner == null ? each.plan() : conflict(each, owner));
        }
      }
    }
    Iterator<Answer> answers =
        reading.read(readable.values().stream().map(ToRead::target).toList()).iterator();
    readable.forEach((place, each) -> plans.set(place, functions.plan(each, answers.next())));
    return plans;
  }

  /**
   * The resource before that manages the same function, or null. Of two, the operator lets the
   * older one have it, and nobody knows here which one that will be.
   */
  private static @Nullable ToRead owner(ToRead readable, Map<FunctionKey, List<ToRead>> claims) {
    if (readable.input().spec().observes()) {
      return null;
    }
    List<ToRead> before = claims.computeIfAbsent(readable.target().key(), key -> new ArrayList<>());
    for (ToRead other : before) {
      if (isSameAccount(other.target(), readable.target())) {
        return other;
      }
    }
    before.add(readable);
    return null;
  }

  private static boolean isSameAccount(Target one, Target other) {
    return one.account() == null
        || other.account() == null
        || one.account().equals(other.account());
  }

  private static FunctionPlan conflict(ToRead readable, ToRead owner) {
    return readable
        .plan()
        .failing(
            new PlanProblem(
                CONFLICT,
                "%s (%s) manages the same function: remove one of the two, or set mode: Observe"
                    .formatted(owner.plan().origin().resource(), owner.plan().origin().place())));
  }
}
