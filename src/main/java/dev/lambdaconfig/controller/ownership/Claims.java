package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.ownership.ClaimProofs.Pair;
import dev.lambdaconfig.controller.ownership.Kin.Namesake;
import dev.lambdaconfig.controller.resource.ActingIdentity;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import dev.lambdaconfig.decision.ownership.ReadProof;
import dev.lambdaconfig.decision.ownership.Succession;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.identity.Identity;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Comparator;
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
   * The reconciles that a change of ownership causes, by UID.
   *
   * @param now triggers one now
   * @param later schedules one, unless an earlier one is scheduled
   * @param after runs a task after a time, in a thread for which nobody waits
   */
  public record ClaimTriggers(
      Consumer<String> now,
      BiConsumer<String, Duration> later,
      BiConsumer<Duration, Runnable> after) {}

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

  private final Claimants claimants;
  private final RateLimitedLambda lambda;
  private final ClaimWaits waits;
  private final Contests contests;
  private final OwnerChanges changes;
  private final ClaimRights rights;

  /**
   * Creates claims.
   *
   * @param lambda knows the operator's own account
   * @param triggers of the resources whose ownership may have changed
   * @param nanos a steady clock, in nanoseconds
   */
  public Claims(
      Claimants claimants, RateLimitedLambda lambda, ClaimTriggers triggers, LongSupplier nanos) {
    this(claimants, lambda, triggers, nanos, Namesake.BY_AGE);
  }

  Claims(
      Claimants claimants,
      RateLimitedLambda lambda,
      ClaimTriggers triggers,
      LongSupplier nanos,
      Comparator<Namesake> byAge) {
    this.claimants = claimants;
    this.lambda = lambda;
    this.waits = new ClaimWaits(nanos);
    this.contests = new Contests(claimants, waits, byAge);
    this.changes = new OwnerChanges(claimants, contests, waits, triggers);
    this.rights = new ClaimRights(claimants, contests, waits, triggers.now());
    lambda.onHomeKnown(() -> waits.all().forEach(triggers.now()));
  }

  /** The gates as one, which costs a read for the claim of a resource where others wait for it. */
  public Gate proving(List<Gate> gates) {
    return new ProofGate(gates, this, lambda);
  }

  /** Decides whether the resource of a reconcile may write, by what is known now. */
  public Right of(Reconciliation reconciliation) {
    LambdaFunctionConfig resource = reconciliation.resource();
    Pair pair = claimants.pair(resource);
    // Whatever became of the event, the resource that is reconciled counts as it is.
    follow(resource, pair);
    return pair == null ? new Owned() : rights.of(reconciliation, pair.function());
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
    NamedFunction spelling =
        claimants.spelling(resource, pair, identity == null ? null : identity.account());
    ClaimProofs proofs = claimants.proofs();
    String before = proofs.home(pair);
    ClaimProofs.News news = proofs.took(pair, spelling, Identity.sessionOf(identity), answer);
    if (Objects.equals(before, proofs.home(pair))) {
      contests.answered(pair, spelling);
    } else {
      contests.changed(pair);
    }
    waits.answered(uid(resource));
    if (news == ClaimProofs.News.CHANGED && !claimants.isCurrent(resource, pair)) {
      // The answer came after the resource has gone, or names another identity.
      contests.release(resource, pair);
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

  /** Looks at all resources anew: some of a namespace could not be listed, and are not there. */
  void lookAnew() {
    contests.clear();
  }

  /** Notices a resource of a namespace that came to be watched: it can be older than others. */
  void arrived(LambdaFunctionConfig resource) {
    created(resource);
    judgedAnew(resource);
  }

  /** Triggers the resources that share a function with one that the policy judges otherwise now. */
  public void judgedAnew(LambdaFunctionConfig resource) {
    changes.announce(resource, Succession.Change.OF_IDENTITY);
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
    if (pair != null && claimants.proofs().keepSession(pair, Identity.sessionOf(identity))) {
      contests.changed(pair);
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
    release(resource, claimants.pair(resource, before));
  }

  /** Forgets the answers about the function of a resource that is gone, or of a former spec. */
  public void forget(LambdaFunctionConfig resource) {
    Pair pair = claimants.pair(resource);
    follow(resource, pair);
    release(resource, pair);
  }

  private void release(LambdaFunctionConfig resource, @Nullable Pair pair) {
    if (pair != null) {
      contests.release(resource, pair);
    }
  }

  private void follow(LambdaFunctionConfig resource, @Nullable Pair pair) {
    if (pair != null) {
      follow(resource, pair.function());
    }
  }

  private void follow(LambdaFunctionConfig resource, FunctionKey function) {
    contests.follow(function, ResourceID.fromResource(resource), uid(resource));
  }

  /** Notices a new resource. */
  public void created(LambdaFunctionConfig resource) {
    FunctionKey function = claimants.function(resource);
    if (function != null) {
      follow(resource, function);
    }
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
    Pair pair = claimants.pair(now);
    follow(now, pair);
    if (!Objects.equals(pair, claimants.pair(before))) {
      forget(before);
      return true;
    }
    return claimants.part(now) != claimants.part(before);
  }

  /**
   * Whether an answer about a resource concerns another one: one that may mean the same function,
   * or that waits to know whether it does. Not each one with this function name: of 200 invented
   * accounts each would concern all others.
   */
  public boolean isShared(LambdaFunctionConfig resource) {
    Pair pair = claimants.pair(resource);
    if (pair == null || !contests.isContested(pair.function(), uid(resource))) {
      return false;
    }
    Claimant self = claimants.claimant(resource, pair.function());
    return contests.ask(
        pair.function(),
        contest ->
            contest.isShared(self)
                || contest.waiting(waits::isWaiting).stream()
                    .anyMatch(uid -> !uid.equals(self.uid())));
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }

  @Override
  public void sizes(StateSizes sizes) {
    claimants.proofs().sizes(sizes);
    waits.sizes(sizes);
    contests.sizes(sizes);
    changes.sizes(sizes);
  }
}
