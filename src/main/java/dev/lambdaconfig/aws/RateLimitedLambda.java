package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All calls to Lambda, each within the request budget of its account and Region. No call waits: who
 * is too early is told so, and called by {@link #due} when its turn has come.
 */
public final class RateLimitedLambda {

  private static final Logger LOG = LoggerFactory.getLogger(RateLimitedLambda.class);

  /** Rights are granted without notice. */
  private static final Duration AFTER_DENIAL = Duration.ofHours(1);

  private final LambdaFunctions functions;
  private final FunctionLists lists;
  private final Accounts accounts;
  private final CallLimits limits;
  private final LongSupplier nanos;
  private volatile Runnable onWaiting = () -> {};
  private volatile Runnable onHomeKnown = () -> {};

  /**
   * The receivers of news about calls.
   *
   * @param waits notified of each call that is granted
   * @param regions notified of Regions that have callers
   */
  public record Listeners(WaitListener waits, RegionListener regions) {

    /** Listeners that do nothing. */
    public static final Listeners NONE = new Listeners(WaitListener.NOBODY, RegionListener.NONE);
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
    this.functions = functions;
    this.lists = lists;
    this.limits = limits;
    this.nanos = nanos;
    this.accounts = new Accounts(limits, nanos, listeners.waits(), listeners.regions());
  }

  /** Calls this whenever somebody begins to wait, until {@link #due} has called everybody. */
  public void onWaiting(Runnable action) {
    onWaiting = action;
  }

  /** The accounts and Regions that are called at present, for metrics. */
  public Accounts accounts() {
    return accounts;
  }

  /** The UIDs of the resources that may call now. A sweep calls again by itself. */
  public List<String> due() {
    return accounts.due().stream()
        .filter(id -> id.call() != WaiterId.Call.SWEEP)
        .map(WaiterId::uid)
        .toList();
  }

  /** Whether anybody waits. */
  public boolean isAwaited() {
    return accounts.waiting() > 0;
  }

  /** Gives up all that a resource holds: its places, and its part in the use of its Region. */
  public void forget(String uid) {
    accounts.forget(uid);
  }

  /** Gives up all that the sweep of a Region holds. */
  public void forgetSweep(String region) {
    accounts.forgetSweep(region);
  }

  /**
   * Reads what a plan is to be made from: {@code GetFunctionConfiguration}, or {@code GetFunction}
   * where the quota of the former is used up and that of the latter is not.
   */
  public CallResult<Answer> read(String uid, Target target, Priority priority) {
    Account account = accounts.of(uid, target);
    RateLimiter control = account.quota().control();
    CallResult<Answer> read =
        result(control.ask(WaiterId.read(uid), priority), granted -> described(granted, target));
    if (!(read instanceof CallResult.Deferred<Answer>) || !account.mayGetFunction()) {
      return read;
    }
    RateLimiter other = account.quota().getFunction();
    if (!(other.ask(WaiterId.read(uid), priority) instanceof Reservation.Granted granted)) {
      other.forget(WaiterId.read(uid));
      return read;
    }
    control.forget(WaiterId.read(uid));
    return byGetFunction(account, granted, uid, target, priority);
  }

  /**
   * Looks at a function again: by {@code GetFunction} where the identity may, which leaves the
   * quota of the others alone.
   */
  public CallResult<Answer> poll(String uid, Target target, Priority priority) {
    Account account = accounts.of(uid, target);
    return account.mayGetFunction()
        ? result(
            account.quota().getFunction().ask(WaiterId.read(uid), priority),
            granted -> byGetFunction(account, granted, uid, target, priority))
        : result(
            account.quota().control().ask(WaiterId.read(uid), priority),
            granted -> described(granted, target));
  }

  private CallResult<Answer> byGetFunction(
      Account account, Reservation.Granted granted, String uid, Target target, Priority priority) {
    CallResult<Answer> read =
        call(granted, () -> learned(target, functions.readFunction(target)), GrantedCall::failure);
    Failure refusal = GrantedCall.refusal(read);
    if (refusal == null) {
      return read;
    }
    CallResult<Answer> other =
        result(
            account.quota().control().ask(WaiterId.read(uid), priority),
            second -> described(second, target));
    // Of a function that may not be read either way it says nothing about others.
    if (other instanceof CallResult.Answered<Answer>
        && GrantedCall.refusal(other) == null
        && account.deny(AFTER_DENIAL)) {
      LOG.atInfo()
          .addKeyValue("region", target.region())
          .addKeyValue("code", refusal.code())
          .log(
              "GetFunction cannot be called, so running updates are looked at by"
                  + " GetFunctionConfiguration: grant lambda:GetFunction");
    }
    return other;
  }

  private CallResult<Answer> described(Reservation.Granted granted, Target target) {
    return call(granted, () -> learned(target, functions.read(target)), GrantedCall::failure);
  }

  /** One read that cannot wait: a started piece of work cannot be finished without it. */
  public Answer readNow(Target target) {
    RateLimiter control = accounts.of(target).quota().control();
    Reservation.Granted granted = new Reservation.Granted(control.borrow());
    return GrantedCall.make(
        granted, () -> learned(target, functions.read(target)), GrantedCall::failure);
  }

  /** Asks for the turn of an update. Whoever gets it sends the update, or gives it back. */
  public Reservation reserveUpdate(String uid, Target target) {
    Reservation reservation =
        accounts.of(uid, target).quota().control().ask(WaiterId.update(uid), Priority.WRITE);
    if (reservation instanceof Reservation.Deferred) {
      onWaiting.run();
    }
    return reservation;
  }

  /** Sends an update whose turn has come. */
  public Answer update(
      Reservation.Granted granted,
      Target target,
      SortedMap<String, Value> members,
      @Nullable String revisionId) {
    return GrantedCall.make(
        granted, () -> functions.update(target, members, revisionId), GrantedCall::failure);
  }

  /** Lists a page of the caller's own functions. */
  public CallResult<FunctionLists.Listed> list(String region, @Nullable String marker) {
    return result(
        accounts.ofSweep(region).quota().control().ask(WaiterId.sweep(region), Priority.SWEEP),
        granted ->
            call(
                granted,
                () -> lists.list(region, marker),
                listed ->
                    listed instanceof FunctionLists.Failed(Failure failure) ? failure : null));
  }

  /** Notes the account that the operator's own identity is in. */
  public void isHome(String account) {
    if (accounts.isHome(account)) {
      onHomeKnown.run();
    }
  }

  /**
   * The account that the operator's own identity is in, or null as long as AWS has not named it.
   */
  public @Nullable String home() {
    return accounts.home();
  }

  /** Calls this whenever {@link #home()} has changed. */
  public void onHomeKnown(Runnable action) {
    onHomeKnown = action;
  }

  /** How many calls a second the budget of the operator's own account allows. */
  public double perSecond(String region) {
    Account home = accounts.findHome(region);
    return home == null ? limits.perSecond() : home.quota().control().allowance();
  }

  /** The same of reads that nobody waits for. */
  public double readsPerSecond(String region) {
    Account home = accounts.findHome(region);
    return home == null || !home.mayGetFunction()
        ? perSecond(region)
        : home.quota().getFunction().allowance();
  }

  /** What comes of a turn: a call, or what the caller is told instead. */
  private <T> CallResult<T> result(
      Reservation reservation, Function<Reservation.Granted, CallResult<T>> call) {
    return switch (reservation) {
      case Reservation.Granted granted -> call.apply(granted);
      case Reservation.Deferred(Duration delay) -> {
        onWaiting.run();
        yield new CallResult.Deferred<>(delay);
      }
      case Reservation.Unavailable(Duration delay) -> new CallResult.Unavailable<>(delay);
    };
  }

  private <T> CallResult<T> call(
      Reservation.Granted granted, Supplier<T> made, Function<T, @Nullable Failure> failure) {
    long began = nanos.getAsLong();
    return new CallResult.Answered<>(GrantedCall.make(granted, made, failure), began);
  }

  /** A function that is named without account is one of the caller's own. */
  private Answer learned(Target target, Answer answer) {
    if (answer instanceof Answer.Described(ObservedFunction function)) {
      String account = FunctionReference.accountIn(function.arn());
      String named = target.account();
      if (account != null && named == null) {
        isHome(account);
      } else if (account != null && account.equals(named)) {
        accounts.isDescribed(target.region(), account);
      }
    }
    return answer;
  }
}
