package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;

/**
 * Functions that an older resource claims: only one resource may write, or two would revert each
 * other's changes forever. The gate follows a read, because only that shows the account of a
 * function, and whether the resource may read it.
 */
public final class OwnerGate implements Gate {

  /** The reason while it is unknown whether an older resource has a claim. */
  static final String OWNER_UNKNOWN = "OwnerUnknown";

  private static final Duration AFTER_CONFLICT = Duration.ofMinutes(30);

  /** The delay of a reconcile that an answer normally triggers before. */
  private static final Duration AFTER_UNDECIDED = Duration.ofSeconds(15);

  private final Claims claims;
  private final ChangeReporter reporter;

  /** Creates the gate. */
  public OwnerGate(Claims claims, ChangeReporter reporter) {
    this.claims = claims;
    this.reporter = reporter;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    LambdaFunctionConfig resource = reconciliation.resource();
    boolean reported = reconciliation.previous().says(Notice.CONFLICT);
    return switch (claims.of(reconciliation)) {
      case Claims.Owned owned -> Verdict.pass(step);
      // Its own failure is all that it learns of a function that it may not read.
      case Claims.Taken taken when claims.isDenied(resource) -> Verdict.pass(step);
      case Claims.Taken(LambdaFunctionConfig owner) -> {
        if (!reconciliation.isRestoring() && !reported) {
          reporter.keptBy(resource, owner);
        }
        yield Verdict.decide(step, conflict(owner, resource, AFTER_CONFLICT));
      }
      // A reported conflict stays reported during the first moments of a process.
      case Claims.Undecided(LambdaFunctionConfig older, Duration left) when reported ->
          Verdict.decide(step, conflict(older, resource, delay(left)));
      case Claims.Undecided(LambdaFunctionConfig older, Duration left) ->
          step.isUpdate() || reconciliation.isRestoring()
              ? Verdict.decide(step, waiting(older, resource, delay(left)))
              : Verdict.pass(step);
    };
  }

  private static Duration delay(Duration left) {
    return left.compareTo(AFTER_UNDECIDED) < 0 ? left : AFTER_UNDECIDED;
  }

  /**
   * The decision for a resource that does not own its function. A resource of another namespace is
   * not named, to protect its tenants.
   */
  private static Decision conflict(
      LambdaFunctionConfig owner, LambdaFunctionConfig resource, Duration delay) {
    return new Decision.Stalled(
        Notice.CONFLICT,
        "the function is already owned by " + named(owner, resource) + remedy(owner, resource),
        delay);
  }

  private static Decision waiting(
      LambdaFunctionConfig older, LambdaFunctionConfig resource, Duration delay) {
    return new Decision.InProgress(
        OWNER_UNKNOWN,
        "nothing is written until AWS has shown whether the function is also managed by "
            + named(older, resource),
        delay);
  }

  private static String named(LambdaFunctionConfig older, LambdaFunctionConfig resource) {
    return isNeighbour(older, resource)
        ? "the older LambdaFunctionConfig "
            + older.getMetadata().getNamespace()
            + "/"
            + older.getMetadata().getName()
        : "an older LambdaFunctionConfig of another namespace";
  }

  private static String remedy(LambdaFunctionConfig owner, LambdaFunctionConfig resource) {
    return isNeighbour(owner, resource)
        ? ": delete one of the two, or set mode: Observe in one of them"
        : ": delete this one, or set mode: Observe in it; the operator's log names the owner";
  }

  private static boolean isNeighbour(LambdaFunctionConfig one, LambdaFunctionConfig other) {
    return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace());
  }
}
