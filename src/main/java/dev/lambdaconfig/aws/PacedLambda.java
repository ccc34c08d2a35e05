package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.budget.Outcome;
import dev.lambdaconfig.aws.budget.Priority;
import dev.lambdaconfig.aws.budget.RequestBudget;
import dev.lambdaconfig.aws.budget.Turn;
import dev.lambdaconfig.aws.budget.WaitListener;
import dev.lambdaconfig.plan.FailureKind;
import dev.lambdaconfig.settings.Answer;
import dev.lambdaconfig.settings.Failure;
import dev.lambdaconfig.settings.FunctionReference;
import dev.lambdaconfig.settings.ObservedFunction;
import dev.lambdaconfig.settings.Value;
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
public final class PacedLambda {

  private static final Logger LOG = LoggerFactory.getLogger(PacedLambda.class);

  /** Who sweeps; all others are UIDs of resources. */
  private static final String SWEEP = "sweep";

  /** Whoever waits for the turn of an update keeps it while it reads. */
  private static final String UPDATE = "/update";

  /** Rights are granted without notice. */
  private static final Duration AFTER_DENIAL = Duration.ofHours(1);

  private final LambdaFunctions functions;
  private final FunctionLists lists;
  private final Accounts accounts;
  private final LongSupplier nanos;
  private volatile Runnable onWaiting = () -> {};
  private volatile Runnable onHomeKnown = () -> {};

  /**
   * Makes calls through the given ports.
   *
   * @param perSecond the most calls a second to each account and Region
   * @param nanos a steady clock, in nanoseconds
   */
  public PacedLambda(
      LambdaFunctions functions, FunctionLists lists, double perSecond, LongSupplier nanos) {
    this(functions, lists, perSecond, nanos, WaitListener.NOBODY);
  }

  /**
   * Makes calls through the given ports.
   *
   * @param perSecond the most calls a second to each account and Region
   * @param nanos a steady clock, in nanoseconds
   * @param waits told of each call that is granted
   */
  public PacedLambda(
      LambdaFunctions functions,
      FunctionLists lists,
      double perSecond,
      LongSupplier nanos,
      WaitListener waits) {
    this.functions = functions;
    this.lists = lists;
    this.accounts = new Accounts(perSecond, nanos, waits);
    this.nanos = nanos;
  }

  /** Calls this whenever somebody begins to wait, until {@link #due} has called everybody. */
  public void onWaiting(Runnable action) {
    onWaiting = action;
  }

  /** The accounts and Regions that were called so far, for metrics. */
  public Accounts accounts() {
    return accounts;
  }

  /** Who waited and may call now. */
  public List<String> due() {
    return accounts.due().stream()
        .map(who -> who.endsWith(UPDATE) ? who.substring(0, who.length() - UPDATE.length()) : who)
        .toList();
  }

  /** Whether anybody waits. */
  public boolean isAwaited() {
    return accounts.waiting() > 0;
  }

  /** Gives up the places of a resource. */
  public void forget(String who) {
    accounts.forget(who);
    accounts.forget(who + UPDATE);
  }

  /**
   * Reads what a plan is to be made from: {@code GetFunctionConfiguration}, or {@code GetFunction}
   * where the quota of the former is used up and that of the latter is not.
   */
  public Paced<Answer> read(String who, Target target, Priority priority) {
    Accounts.Account account = accounts.of(target);
    RequestBudget control = account.budget().control();
    Paced<Answer> read = paced(control.ask(who, priority), turn -> described(turn, target));
    if (!(read instanceof Paced.Later<Answer>) || !account.mayGetFunction()) {
      return read;
    }
    RequestBudget other = account.budget().getFunction();
    if (!(other.ask(who, priority) instanceof Turn.Now turn)) {
      other.forget(who);
      return read;
    }
    control.forget(who);
    return byGetFunction(account, turn, who, target, priority);
  }

  /**
   * Looks at a function again: by {@code GetFunction} where the identity may, which leaves the
   * quota of the others alone.
   */
  public Paced<Answer> poll(String who, Target target, Priority priority) {
    Accounts.Account account = accounts.of(target);
    return account.mayGetFunction()
        ? paced(
            account.budget().getFunction().ask(who, priority),
            turn -> byGetFunction(account, turn, who, target, priority))
        : paced(account.budget().control().ask(who, priority), turn -> described(turn, target));
  }

  private Paced<Answer> byGetFunction(
      Accounts.Account account, Turn.Now now, String who, Target target, Priority priority) {
    Paced<Answer> read =
        call(now, () -> learned(target, functions.readFunction(target)), PacedLambda::failure);
    if (!(read instanceof Paced.Answered<Answer>(Answer.Failed(Failure failure), long began))
        || !isRefused(failure)) {
      return read;
    }
    if (account.deny(AFTER_DENIAL)) {
      LOG.atInfo()
          .addKeyValue("region", target.region())
          .addKeyValue("code", failure.code())
          .log(
              "GetFunction cannot be called, so running updates are looked at by"
                  + " GetFunctionConfiguration: grant lambda:GetFunction");
    }
    return poll(who, target, priority);
  }

  private Paced<Answer> described(Turn.Now turn, Target target) {
    return call(turn, () -> learned(target, functions.read(target)), PacedLambda::failure);
  }

  /** One read that cannot wait: a started piece of work cannot be finished without it. */
  public Answer readNow(Target target) {
    RequestBudget control = accounts.of(target).budget().control();
    Turn.Now now = new Turn.Now(control.borrow());
    return answered(now, () -> learned(target, functions.read(target)), PacedLambda::failure);
  }

  /** Asks for the turn of an update. Whoever gets it sends the update, or gives it back. */
  public Turn turnToUpdate(String who, Target target) {
    Turn turn = accounts.of(target).budget().control().ask(who + UPDATE, Priority.WRITE);
    if (turn instanceof Turn.Later) {
      onWaiting.run();
    }
    return turn;
  }

  /** Sends an update whose turn has come. */
  public Answer update(
      Turn.Now turn, Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    return answered(
        turn, () -> functions.update(target, members, revisionId), PacedLambda::failure);
  }

  /** Lists a page of the caller's own functions. */
  public Paced<FunctionLists.Listed> list(String region, @Nullable String marker) {
    return paced(
        accounts.home(region).budget().control().ask(SWEEP, Priority.SWEEP),
        turn ->
            call(
                turn,
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
    return accounts.home(region).budget().control().allowance();
  }

  /** The same of reads that nobody waits for. */
  public double readsPerSecond(String region) {
    Accounts.Account home = accounts.home(region);
    return home.mayGetFunction()
        ? home.budget().getFunction().allowance()
        : home.budget().control().allowance();
  }

  /** What comes of a turn: a call, or what the caller is told instead. */
  private <T> Paced<T> paced(Turn turn, Function<Turn.Now, Paced<T>> call) {
    return switch (turn) {
      case Turn.Now now -> call.apply(now);
      case Turn.Later(Duration delay) -> {
        onWaiting.run();
        yield new Paced.Later<>(delay);
      }
      case Turn.Unavailable(Duration delay) -> new Paced.Unavailable<>(delay);
    };
  }

  private <T> Paced<T> call(
      Turn.Now now, Supplier<T> made, Function<T, @Nullable Failure> failure) {
    long began = nanos.getAsLong();
    return new Paced.Answered<>(answered(now, made, failure), began);
  }

  /** A function that is named without account is one of the caller's own. */
  private Answer learned(Target target, Answer answer) {
    if (answer instanceof Answer.Described(ObservedFunction function)
        && FunctionReference.accountIn(target.functionName()) == null) {
      String account = FunctionReference.accountIn(function.arn());
      if (account != null) {
        isHome(account);
      }
    }
    return answer;
  }

  private static <T> T answered(
      Turn.Now now, Supplier<T> made, Function<T, @Nullable Failure> failure) {
    // Whatever ends the call: a permit that is not given back would be missed for ever.
    Outcome outcome = Outcome.ANSWERED;
    try {
      T answer = made.get();
      Failure failed = failure.apply(answer);
      outcome = failed == null ? Outcome.ANSWERED : outcome(failed);
      return answer;
    } finally {
      now.permit().done(outcome);
    }
  }

  private static Outcome outcome(Failure failure) {
    if (FailureKind.of(failure) == FailureKind.THROTTLED) {
      return Outcome.THROTTLED;
    }
    return failure.code().equals(Failure.ENDPOINT_UNREACHABLE)
        ? Outcome.UNREACHABLE
        : Outcome.ANSWERED;
  }

  private static @Nullable Failure failure(Answer answer) {
    return answer instanceof Answer.Failed(Failure failure) ? failure : null;
  }

  /** The identity lacks the right, or the endpoint the operation. */
  private static boolean isRefused(Failure failure) {
    return FailureKind.of(failure) == FailureKind.DENIED || failure.lacksOperation();
  }
}
