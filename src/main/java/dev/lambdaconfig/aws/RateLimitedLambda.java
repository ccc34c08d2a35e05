package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.account.Account;
import dev.lambdaconfig.aws.account.AccountQuotas;
import dev.lambdaconfig.aws.account.Accounts;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import java.util.List;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All calls to Lambda, each within the quota of its account and Region. No call blocks: a caller
 * that comes too early is deferred, and named by {@link #due} when it is granted.
 */
public final class RateLimitedLambda implements StateSizes.Source {

  private final LambdaFunctions functions;
  private final FunctionLists lists;
  private final Accounts accounts;
  private final CallLimits limits;
  private final CallExecutor calls;
  private final FallbackReader reader;
  private volatile Runnable onHomeKnown = () -> {};

  /**
   * The receivers of news about calls.
   *
   * @param waits notified of each call that is granted
   * @param regions notified of Regions that have callers
   */
  public record Listeners(WaitListener waits, RegionListener regions) {

    /** Listeners that do nothing. */
    public static final Listeners NONE = new Listeners(WaitListener.NONE, RegionListener.NONE);
  }

  /**
   * Makes calls through the given ports.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public RateLimitedLambda(
      LambdaFunctions functions,
      FunctionLists lists,
      CallLimits limits,
      LongSupplier nanos,
      Listeners listeners) {
    this.lists = lists;
    this.limits = limits;
    this.calls = new CallExecutor(nanos);
    this.accounts = new Accounts(limits, nanos, listeners.waits(), listeners.regions());
    this.functions = new AccountDiscovery(functions, accounts, this::recordHome);
    this.reader = new FallbackReader(this.functions, accounts, calls);
  }

  /** Calls an action whenever a caller is deferred. */
  public void onWaiting(Runnable action) {
    calls.onWaiting(action);
  }

  /** The accounts and Regions that have callers, for metrics. */
  public AccountQuotas accounts() {
    return accounts;
  }

  @Override
  public void sizes(StateSizes sizes) {
    accounts.sizes(sizes);
  }

  /** The UIDs of the resources that may call now. A sweep calls again by itself. */
  public List<String> due() {
    return accounts.due().stream()
        .filter(id -> id.call() != WaiterId.Call.SWEEP)
        .map(WaiterId::uid)
        .toList();
  }

  /** Whether any caller waits. */
  public boolean isAwaited() {
    return accounts.waiting() > 0;
  }

  /** Releases all that a resource holds: its places, and its use of a Region. */
  public void forget(String uid) {
    accounts.forget(uid);
  }

  /** Releases all that the sweep of an account and Region holds. */
  public void forgetSweep(QuotaScope scope) {
    accounts.forgetSweep(scope);
  }

  /**
   * Reads a function to plan from: by {@code GetFunctionConfiguration}, or by {@code GetFunction}
   * where the quota of the former is used up and that of the latter is not
   * (docs/aws.md#get-function).
   */
  public CallResult<Answer> read(String uid, Target target, Priority priority) {
    return reader.read(uid, target, priority);
  }

  /**
   * Reads a function without urgency: by {@code GetFunction} where the identity may call it,
   * because that leaves the quota of all other calls alone.
   */
  public CallResult<Answer> poll(String uid, Target target, Priority priority) {
    return reader.poll(uid, target, priority);
  }

  /** Reads a function at once, because work that has begun cannot end without it. */
  public Answer readNow(Target target) {
    RateLimiter control = accounts.of(target).quota().control();
    Reservation.Granted granted = new Reservation.Granted(control.borrow());
    return GrantedCall.make(granted, () -> functions.read(target), GrantedCall::failure);
  }

  /** Requests a grant for an update. A caller that gets it sends the update, or gives it back. */
  public Reservation reserveUpdate(String uid, Target target) {
    return calls.announced(
        accounts.of(uid, target).quota().control().ask(WaiterId.update(uid), Priority.WRITE));
  }

  /** Sends an update that has been granted. */
  public LambdaFunctions.Sent update(
      Reservation.Granted granted,
      Target target,
      SortedMap<String, Value> members,
      @Nullable String revisionId) {
    return GrantedCall.make(
        granted,
        () -> functions.update(target, members, revisionId),
        sent -> GrantedCall.failure(sent.answer()));
  }

  /**
   * Lists a page of an account.
   *
   * @param scope the Region and the account that STS named for the identity; null for the own one
   * @param identity the identity of the call, or null for the operator's own
   */
  public CallResult<FunctionLists.Listed> list(
      QuotaScope scope, @Nullable Identity identity, @Nullable String marker) {
    return calls.execute(
        accounts.ofSweep(scope).quota().control().ask(WaiterId.sweep(scope.text()), Priority.LIST),
        () -> lists.list(scope.region(), identity, marker),
        GrantedCall::listFailure);
  }

  /** Records the account of the operator's own identity. */
  public void recordHome(String account) {
    if (accounts.recordHome(account)) {
      onHomeKnown.run();
    }
  }

  /** The account of the operator's own identity, or null as long as AWS has not named it. */
  public @Nullable String home() {
    return accounts.home();
  }

  /** Calls an action whenever {@link #home()} has changed. */
  public void onHomeKnown(Runnable action) {
    onHomeKnown = action;
  }

  /** Whether the endpoint of a Region answers calls, as far as is known. */
  public boolean isAnswered(QuotaScope scope) {
    Account payer = accounts.find(scope.region(), scope.account());
    return payer == null || payer.quota().breaker().available();
  }

  /** The calls a second that the quota of an account allows; null is the operator's own. */
  public double perSecond(QuotaScope scope) {
    Account payer = accounts.find(scope.region(), scope.account());
    return payer == null ? limits.perSecond() : payer.quota().control().allowance();
  }

  /**
   * The reads without urgency that the quota of an account allows in a second.
   *
   * @param account the account of the functions, or null for the operator's own
   */
  public double readsPerSecond(String region, @Nullable String account) {
    Account payer = accounts.find(region, account);
    if (payer == null) {
      return AccountQuota.mostGetFunction(limits.perSecond());
    }
    AccountQuota quota = payer.quota();
    return (payer.mayGetFunction() ? quota.getFunction() : quota.control()).allowance();
  }
}
