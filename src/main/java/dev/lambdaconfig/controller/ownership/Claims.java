package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Ownership;
import dev.lambdaconfig.decision.ownership.OwnershipRule;
import dev.lambdaconfig.decision.ownership.ReadProof;
import dev.lambdaconfig.decision.ownership.Succession;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of functions: of all resources that name a function, whatever their spelling and
 * namespace, only the oldest one with a proven claim may write. Two that both write would revert
 * each other's changes forever.
 */
public final class Claims implements StateSizes.Source {

  /**
   * The longest wait for the reads of older resources: enough for those of a start, and too short
   * to be worth an attack.
   */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The same for a resource whose status says that an older one owned the function. */
  static final Duration PATIENCE_AFTER_CONFLICT = Duration.ofMinutes(10);

  /**
   * The reconciles that a change of ownership causes, by UID.
   *
   * @param now triggers one now
   * @param later schedules one, unless an earlier one is scheduled
   */
  public record ClaimTriggers(Consumer<String> now, BiConsumer<String, Duration> later) {}

  /** The right of a resource to write to its function. */
  public sealed interface Right {}

  /** The resource may write: no older resource has a claim. */
  public record Owned() implements Right {}

  /** The resource may not write: the older resource owns the function. */
  public record Taken(LambdaFunctionConfig owner) implements Right {}

  /**
   * The resource has to wait: AWS has not yet shown whether the older resource has a claim.
   *
   * @param left the longest time that it waits
   */
  public record Undecided(LambdaFunctionConfig older, Duration left) implements Right {}

  private static final Right OWNED = new Owned();

  private final Claimants claimants;
  private final RateLimitedLambda lambda;
  private final ClaimTriggers triggers;
  private final ClaimWaits waits;
  private final OwnerChanges changes;

  /**
   * Creates claims.
   *
   * @param lambda knows the operator's own account
   * @param triggers of the resources whose ownership may have changed
   * @param nanos a steady clock, in nanoseconds
   */
  public Claims(
      Claimants claimants, RateLimitedLambda lambda, ClaimTriggers triggers, LongSupplier nanos) {
    this.claimants = claimants;
    this.lambda = lambda;
    this.triggers = triggers;
    this.waits = new ClaimWaits(nanos);
    this.changes = new OwnerChanges(claimants, waits, triggers);
    lambda.onHomeKnown(() -> waits.all().forEach(triggers.now()));
  }

  /** The gates as one, which costs a read for the claim of a resource where others wait for it. */
  public Gate proving(List<Gate> gates) {
    return new ProofGate(gates, this, lambda);
  }

  /** Decides whether the resource of a reconcile may write, by what is known now. */
  public Right of(Reconciliation reconciliation) {
    LambdaFunctionConfig resource = reconciliation.resource();
    List<LambdaFunctionConfig> others = claimants.others(resource);
    Ownership ownership = ownership(resource, others);
    if (ownership instanceof Ownership.Undecided(String older, List<String> asked)) {
      Duration left = waits.left(uid(resource), patience(reconciliation));
      waits.ask(asked).forEach(triggers.now());
      // A read that ended meanwhile could not know that this resource waits for it.
      ownership = ownership(resource, others);
      if (ownership instanceof Ownership.Undecided) {
        return left.isPositive() ? new Undecided(resource(others, older), left) : OWNED;
      }
    }
    if (ownership instanceof Ownership.Taken(String owner)) {
      waits.renew(uid(resource));
      return new Taken(resource(others, owner));
    }
    waits.end(uid(resource));
    return OWNED;
  }

  private static Duration patience(Reconciliation reconciliation) {
    return reconciliation.previous().says(Notice.CONFLICT) ? PATIENCE_AFTER_CONFLICT : PATIENCE;
  }

  private Ownership ownership(LambdaFunctionConfig resource, List<LambdaFunctionConfig> others) {
    Pair pair = claimants.pair(resource);
    if (pair == null || others.isEmpty()) {
      return new Ownership.Owned();
    }
    FunctionKey function = pair.function();
    Claimant self = claimants.claimant(resource, function);
    if (others.stream().noneMatch(other -> claimants.mayMeanTheSame(self, other, function))) {
      return new Ownership.Owned();
    }
    return OwnershipRule.of(
        self, others.stream().map(other -> claimants.claimant(other, function)).toList());
  }

  private static LambdaFunctionConfig resource(List<LambdaFunctionConfig> others, String uid) {
    return others.stream().filter(other -> uid(other).equals(uid)).findFirst().orElseThrow();
  }

  /**
   * Records the answer to a read of a resource's function, and triggers the resources that it
   * concerns. An answer that repeats the last one triggers none, or two that wait for a third would
   * trigger each other forever.
   *
   * @param identity the identity that read it, or null for the operator's own
   */
  public void answered(LambdaFunctionConfig resource, @Nullable Identity identity, Answer answer) {
    Pair pair = claimants.pair(resource);
    if (pair == null) {
      return;
    }
    String home = identity == null ? null : identity.account();
    ClaimProofs.News news =
        claimants
            .proofs()
            .took(
                pair,
                claimants.spelling(resource, pair, home),
                Identity.sessionOf(identity),
                answer);
    waits.answered(uid(resource));
    if (news == ClaimProofs.News.CHANGED && !claimants.isCurrent(resource, pair)) {
      // The answer came after the resource has gone, or names another identity.
      claimants.release(resource);
    }
    switch (news) {
      case NONE -> {}
      case DENIED_AGAIN -> changes.announceToWaiting(resource);
      case CHANGED -> changes.announce(resource, Succession.Change.OF_IDENTITY);
    }
  }

  /** Triggers the resources whose ownership changed with what this one does, or that it is gone. */
  public void announce(LambdaFunctionConfig resource) {
    changes.announce(resource, Succession.Change.OF_RESOURCE);
  }

  /**
   * Records that a resource has no identity to read its function with: it has no claim. What it was
   * told before does not matter, as after a denial of AWS.
   */
  public void refused(LambdaFunctionConfig resource) {
    answered(resource, null, new Answer.Failed(new Failure("AccessDenied", null, 403, null)));
  }

  /** Forgets what a resource was answered by another session than that of its identity now. */
  public void actsAs(LambdaFunctionConfig resource, @Nullable Identity identity) {
    Pair pair = claimants.pair(resource);
    if (pair != null) {
      claimants.proofs().keepSession(pair, Identity.sessionOf(identity));
    }
  }

  /** Whether AWS last denied the function to the identity of a resource. */
  public boolean isDenied(LambdaFunctionConfig resource) {
    Pair pair = claimants.pair(resource);
    ReadProof proof =
        pair == null ? null : claimants.proofs().of(pair, claimants.spelling(resource, pair, null));
    return proof != null && !proof.readable();
  }

  /** Whether other resources wait for a read of a resource's function. */
  public boolean isAsked(String uid) {
    return waits.isAsked(uid);
  }

  /** Ends the waits of a resource whose function is not noticed any more. Its claim stays. */
  public void rest(String uid) {
    waits.forget(uid);
  }

  /** Forgets the answers to a former identity of a resource. */
  public void forget(LambdaFunctionConfig resource, ActingIdentity before) {
    claimants.release(resource, before);
  }

  /** Forgets the answers about the function of a resource that is gone, or of a former spec. */
  public void forget(LambdaFunctionConfig resource) {
    claimants.release(resource);
  }

  /**
   * Notices a changed resource: a former identity is nothing to it any more.
   *
   * @return whether the ownership of the function may have changed
   */
  public boolean changed(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    if (Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        && RestoreFinalizer.isOn(now) == RestoreFinalizer.isOn(before)) {
      return false;
    }
    if (!Objects.equals(claimants.pair(now), claimants.pair(before))) {
      forget(before);
      return true;
    }
    return claimants.part(now) != claimants.part(before);
  }

  /**
   * The other resources that an answer about this one concerns: those that may mean the same
   * function, and those that wait to know whether they do. Not all resources with this function
   * name: of 200 invented accounts each would trigger all others.
   */
  public List<LambdaFunctionConfig> concernedBy(LambdaFunctionConfig resource) {
    Pair pair = claimants.pair(resource);
    if (pair == null) {
      return List.of();
    }
    Claimant self = claimants.claimant(resource, pair.function());
    return claimants.others(resource).stream()
        .filter(
            other ->
                waits.isWaiting(uid(other))
                    || claimants.mayMeanTheSame(self, other, pair.function()))
        .toList();
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }

  @Override
  public void sizes(StateSizes sizes) {
    claimants.proofs().sizes(sizes);
    waits.sizes(sizes);
  }
}
