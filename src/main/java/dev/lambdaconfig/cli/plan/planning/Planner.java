package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.cli.plan.planning.PlannedClaims.Claim;
import dev.lambdaconfig.cli.plan.planning.Preparation.Planned;
import dev.lambdaconfig.cli.plan.planning.Preparation.Suspended;
import dev.lambdaconfig.cli.plan.planning.Preparation.ToRead;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Plans for many resources at once. */
public final class Planner {

  /** A placeholder: a plan does not depend on the operator's interval. */
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
    return plan(inputs, input -> true, reading);
  }

  /**
   * The plans of some of the resources, in their order.
   *
   * @param inputs all resources that can have a claim on a function
   * @param wanted those to plan for; of the others nothing is read
   */
  public List<FunctionPlan> plan(
      List<PlanInput> inputs, Predicate<PlanInput> wanted, Reading reading)
      throws InterruptedException {
    List<FunctionPlan> plans = new ArrayList<>();
    SortedMap<Integer, ToRead> readable = new TreeMap<>();
    Set<Integer> conflicting = new HashSet<>();
    PlannedClaims claims = new PlannedClaims();
    for (PlanInput input : inputs) {
      int place = plans.size();
      switch (preparation.prepare(input)) {
        case Planned(FunctionPlan plan) -> plans.add(plan);
        case Suspended(Claim claim) -> {
          var unused = claims.add(claim);
          plans.add(claim.plan());
        }
        case ToRead each -> {
          Claim owner = claims.add(new Claim(input, each.plan(), each.target()));
          if (wanted.test(input) && (owner == null || owner.isSuspended())) {
            readable.put(place, each);
          }
          if (owner != null) {
            conflicting.add(place);
          }
          plans.add(owner == null ? each.plan() : each.plan().failing(owner.conflict()));
        }
      }
    }
    Iterator<Answer> answers =
        reading.read(readable.values().stream().map(ToRead::target).toList()).iterator();
    readable.forEach(
        (place, each) -> {
          Answer answer = answers.next();
          // The claim of a suspended resource counts where the function can be read.
          if (!conflicting.contains(place) || answer instanceof Answer.Failed) {
            plans.set(place, functions.plan(each, answer));
          }
        });
    return IntStream.range(0, plans.size())
        .filter(place -> wanted.test(inputs.get(place)))
        .mapToObj(plans::get)
        .toList();
  }
}
