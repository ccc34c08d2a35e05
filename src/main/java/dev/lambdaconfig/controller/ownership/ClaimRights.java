package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.ownership.Kin.Namesake;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Ownership;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rights of resources to write, by the claims that are known, and the waits for others. */
final class ClaimRights {

  /**
   * The longest wait for the reads of older resources: enough for those of a start, and too short
   * to be worth an attack.
   */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The same for a resource whose status says that an older one owned the function. */
  static final Duration PATIENCE_AFTER_CONFLICT = Duration.ofMinutes(10);

  private static final Claims.Right OWNED = new Claims.Owned();

  private final Claimants claimants;
  private final Contests contests;
  private final ClaimWaits waits;
  private final Consumer<String> trigger;

  /** The right of a resource, and the other resource that it names. */
  private record Found(Ownership ownership, @Nullable LambdaFunctionConfig other) {}

  ClaimRights(Claimants claimants, Contests contests, ClaimWaits waits, Consumer<String> trigger) {
    this.claimants = claimants;
    this.contests = contests;
    this.waits = waits;
    this.trigger = trigger;
  }

  /** Decides whether the resource of a reconcile may write, by what is known now. */
  Claims.Right of(Reconciliation reconciliation, FunctionKey function) {
    LambdaFunctionConfig resource = reconciliation.resource();
    Found finding = find(resource, function);
    Duration left = Duration.ZERO;
    if (finding.ownership() instanceof Ownership.Undecided(String older, List<String> asked)) {
      left = waits.left(resource.getMetadata().getUid(), patience(reconciliation));
      contests.waits(function, resource.getMetadata().getUid());
      ask(function, asked);
      // A read that ended meanwhile could not know that this resource waits for it.
      finding = find(resource, function);
    }
    return switch (finding) {
      case Found(Ownership.Taken taken, LambdaFunctionConfig owner) -> {
        waits.renew(resource.getMetadata().getUid());
        yield new Claims.Taken(owner);
      }
      case Found(Ownership.Undecided undecided, LambdaFunctionConfig older) ->
          left.isPositive() ? new Claims.Undecided(older, left) : OWNED;
      default -> {
        waits.end(resource.getMetadata().getUid());
        yield OWNED;
      }
    };
  }

  private void ask(FunctionKey function, List<String> asked) {
    List<String> first = waits.ask(asked);
    if (!first.isEmpty()) {
      first.forEach(trigger);
      // Nobody else takes back what a resource is asked that has gone by now.
      contests.gone(function, first).forEach(waits::answered);
    }
  }

  private Found find(LambdaFunctionConfig resource, FunctionKey function) {
    while (true) {
      Claimant self = claimants.claimant(resource, function);
      Contest.Standing standing = contests.ask(function, contest -> contest.standing(self));
      Namesake other = standing.other();
      LambdaFunctionConfig named = other == null ? null : contests.resource(function, other);
      if (other == null || named != null) {
        return new Found(standing.ownership(), named);
      }
    }
  }

  private static Duration patience(Reconciliation reconciliation) {
    return reconciliation.previous().says(Notice.CONFLICT) ? PATIENCE_AFTER_CONFLICT : PATIENCE;
  }
}
