package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of functions: of all resources that name a function, whatever their spelling and
 * namespace, only the oldest one with a claim may write. Two that both write would revert each
 * other's changes forever.
 *
 * <p>Resources are found by an index of the cache, which is complete before the first reconcile.
 * Region and name come from the spec. The account is the one that AWS returned in this process,
 * else that of the spec's ARN, else, for a bare name, the operator's own
 * (docs/aws.md#function-name), once AWS has named it. It never comes from a status, because anybody
 * who may write one could claim a function with it.
 */
public final class Claims implements StateSizes.Source {

  /** The right of a resource to write to its function. */
  public sealed interface Ownership {}

  /** The resource may write: no older resource has a claim. */
  public record Owned() implements Ownership {}

  /** The resource may not write: the older resource owns the function. */
  public record Taken(LambdaFunctionConfig owner) implements Ownership {}

  /**
   * The resource has to wait: AWS has not yet shown whether the older resource means the same
   * function.
   */
  public record Undecided(LambdaFunctionConfig older) implements Ownership {}

  /** The reason while it is unknown whether an older resource means the same function. */
  static final String OWNER_UNKNOWN = "OwnerUnknown";

  private static final Duration AFTER_CONFLICT = Duration.ofMinutes(30);

  /** The delay of a reconcile that an answer normally triggers before. */
  private static final Duration AFTER_UNDECIDED = Duration.ofSeconds(15);

  private static final Ownership OWNED = new Owned();

  private static final Comparator<LambdaFunctionConfig> BY_AGE =
      Comparator.comparing(
              (LambdaFunctionConfig resource) -> resource.getMetadata().getCreationTimestamp())
          .thenComparing(resource -> resource.getMetadata().getUid());

  private final ResourceCache cache;
  private final OperatorMode mode;
  private final Authorization authorization;
  private final RateLimitedLambda lambda;
  private final Consumer<String> trigger;
  private final ClaimProofs proofs = new ClaimProofs();

  /**
   * Creates claims for the resources of a cache.
   *
   * @param lambda knows the operator's own account
   * @param trigger called with the UID of each resource whose ownership may have changed
   */
  public Claims(
      ResourceCache cache,
      OperatorMode mode,
      Authorization authorization,
      RateLimitedLambda lambda,
      Consumer<String> trigger) {
    this.cache = cache;
    this.mode = mode;
    this.authorization = authorization;
    this.lambda = lambda;
    this.trigger = trigger;
    lambda.onHomeKnown(this::triggerUndecided);
  }

  /** Decides whether the resource of a reconcile may write, by what is known now. */
  public Ownership of(Reconciliation reconciliation, Step step) {
    String uid = reconciliation.uid();
    if (!(ownership(reconciliation, step) instanceof Undecided(LambdaFunctionConfig older))) {
      proofs.decided(uid);
    } else if (proofs.undecided(uid)) {
      // Once is enough: its own schedule continues from there, and its answers trigger this
      // resource.
      trigger.accept(uid(older));
    }
    // A read that ended meanwhile could not know that this resource waits for it.
    return ownership(reconciliation, step);
  }

  /**
   * The decision for a resource that does not own its function. A resource of another namespace is
   * not named, to protect its tenants.
   */
  static Decision decision(Ownership ownership, Reconciliation reconciliation) {
    LambdaFunctionConfig resource = reconciliation.resource();
    return switch (ownership) {
      case Taken(LambdaFunctionConfig owner) -> conflict(owner, resource, AFTER_CONFLICT);
      // A reported conflict stays reported during the first moments of a process.
      case Undecided(LambdaFunctionConfig older)
          when reconciliation.previous().says(Notice.CONFLICT) ->
          conflict(older, resource, AFTER_UNDECIDED);
      case Undecided(LambdaFunctionConfig older) ->
          new Decision.InProgress(
              OWNER_UNKNOWN,
              "nothing is written until AWS has shown whether the function is also managed by "
                  + named(older, resource),
              AFTER_UNDECIDED);
      case Owned owned -> throw new IllegalArgumentException("the resource owns its function");
    };
  }

  private static Decision conflict(
      LambdaFunctionConfig owner, LambdaFunctionConfig resource, Duration delay) {
    return new Decision.Stalled(
        Notice.CONFLICT,
        "the function is already owned by " + named(owner, resource) + remedy(owner, resource),
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

  private Ownership ownership(Reconciliation reconciliation, Step step) {
    LambdaFunctionConfig resource = reconciliation.resource();
    if (!claims(resource)) {
      return OWNED;
    }
    String arn = step.arn();
    String account = arn == null ? account(resource) : FunctionReference.accountIn(arn);
    Ownership ownership = OWNED;
    for (LambdaFunctionConfig older : olderThan(resource)) {
      Ownership beside = beside(resource, arn != null, account, older);
      if (beside instanceof Taken) {
        return beside;
      }
      ownership = ownership instanceof Owned ? beside : ownership;
    }
    return ownership;
  }

  private List<LambdaFunctionConfig> olderThan(LambdaFunctionConfig resource) {
    return cache.sharing(resource).stream()
        .filter(this::claims)
        .filter(other -> BY_AGE.compare(other, resource) < 0)
        .sorted(BY_AGE)
        .toList();
  }

  /**
   * The ownership that an older resource leaves to a younger one.
   *
   * @param readable whether AWS has described the younger one's function in this reconcile; if not,
   *     the younger one cannot write anyway, and has to report why
   */
  private Ownership beside(
      LambdaFunctionConfig resource,
      boolean readable,
      @Nullable String account,
      LambdaFunctionConfig older) {
    String other = account(older);
    boolean unknown = account == null || other == null;
    if (unknown ? !readable : !Objects.equals(account, other)) {
      return OWNED;
    }
    if (proofs.isDenied(uid(older))) {
      // A denial from before this resource could read the function may be out of date.
      return !readable || proofs.isDeniedSinceReadable(uid(older), uid(resource))
          ? OWNED
          : new Undecided(older);
    }
    boolean unread = other == null && !proofs.isReadable(uid(older));
    return account != null && unread ? new Undecided(older) : new Taken(older);
  }

  /**
   * Records the answer to a read of a resource's function, and triggers the resources that it
   * concerns. An answer that repeats the last one triggers none, or two that wait for a third would
   * trigger each other forever.
   */
  public void answered(LambdaFunctionConfig resource, Answer answer) {
    ClaimProofs.News news = proofs.took(uid(resource), answer);
    boolean all = news == ClaimProofs.News.CHANGED;
    if (all || (news == ClaimProofs.News.DENIED_AGAIN && proofs.isAnyUndecided())) {
      concernedBy(resource).stream()
          .map(Claims::uid)
          .filter(uid -> all || proofs.isUndecided(uid))
          .forEach(trigger);
    }
  }

  /**
   * Records that a resource has no identity to read its function with: it has no claim. What it was
   * told before does not matter, as after a denial of AWS.
   */
  void refused(LambdaFunctionConfig resource) {
    answered(resource, new Answer.Failed(new Failure("AccessDenied", null, 403, null)));
  }

  /** Forgets the answers about a resource that is gone, or no longer read. */
  public void forget(String uid) {
    proofs.forget(uid);
  }

  private void triggerUndecided() {
    proofs.undecided().forEach(trigger);
  }

  /**
   * The other resources that an answer about this one concerns: those that may mean the same
   * function, and those that wait to know whether they do. Not all resources with this function
   * name: of 200 invented accounts each would trigger all others.
   */
  public List<LambdaFunctionConfig> concernedBy(LambdaFunctionConfig resource) {
    String account = account(resource);
    return cache.sharing(resource).stream()
        .filter(other -> proofs.isUndecided(uid(other)) || mayBeSame(account, account(other)))
        .toList();
  }

  private static boolean mayBeSame(@Nullable String account, @Nullable String other) {
    return account == null || other == null || account.equals(other);
  }

  /**
   * Whether a resource has a claim: a suspended one keeps it; an observing one never writes, and
   * neither does one that the policy forbids: they have none.
   */
  public boolean claims(LambdaFunctionConfig resource) {
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec != null && !mode.observes(spec) && authorization.refusal(resource) == null;
  }

  private @Nullable String account(LambdaFunctionConfig resource) {
    String answered = proofs.account(uid(resource));
    if (answered != null) {
      return answered;
    }
    LambdaFunctionConfigSpec spec = resource.getSpec();
    String named = spec == null ? null : FunctionReference.accountIn(spec.functionName());
    // A bare name means the account of the identity, which is known with the first answer.
    boolean own = spec == null || spec.serviceAccountName() == null;
    return named == null && own ? lambda.home() : named;
  }

  private static String uid(LambdaFunctionConfig resource) {
    return resource.getMetadata().getUid();
  }

  @Override
  public void sizes(StateSizes sizes) {
    proofs.sizes(sizes);
  }
}
