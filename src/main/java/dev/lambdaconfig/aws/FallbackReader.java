package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.account.Account;
import dev.lambdaconfig.aws.account.Accounts;
import dev.lambdaconfig.aws.limit.RateLimiter;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;

/**
 * Reads a function by one of two operations, with the other one as its fallback. Both describe it
 * alike, and AWS counts them apart (docs/aws.md#quota): {@code GetFunction} has a quota and needs a
 * right of its own (docs/aws.md#get-function), and {@code GetFunctionConfiguration} shares the
 * quota of all other calls.
 *
 * <pre>
 *                first                     fallback                  if
 *   read         GetFunctionConfiguration  GetFunction               the shared quota is used up,
 *                                                                    and the other is not
 *   poll         GetFunction               GetFunctionConfiguration  the identity may not call it
 * </pre>
 *
 * <p>A {@code GetFunction} that is refused, or whose answer is of no use, falls back in either
 * case: other endpoints than AWS can answer one of the two operations only. A caller waits for one
 * of the two at a time: the place of the other is given up.
 */
final class FallbackReader {

  private final LambdaFunctions functions;
  private final Accounts accounts;
  private final CallExecutor calls;

  FallbackReader(LambdaFunctions functions, Accounts accounts, CallExecutor calls) {
    this.functions = functions;
    this.accounts = accounts;
    this.calls = calls;
  }

  /** Reads a function to plan from. */
  CallResult<Answer> read(String uid, Target target, Priority priority) {
    Account account = accounts.of(uid, target);
    CallResult<Answer> read = byConfiguration(account, uid, target, priority);
    if (!(read instanceof CallResult.Deferred<Answer>) || !account.mayGetFunction(uid, target)) {
      return read;
    }
    WaiterId waiter = WaiterId.read(uid);
    RateLimiter other = account.quota().getFunction();
    Reservation reservation = other.ask(waiter, priority);
    if (!(reservation instanceof Reservation.Granted)) {
      other.forget(waiter);
      return read;
    }
    account.quota().control().forget(waiter);
    return byGetFunction(account, reservation, uid, target, priority);
  }

  /**
   * Reads a function without urgency, by the operation that leaves the quota of all other calls
   * alone.
   */
  CallResult<Answer> poll(String uid, Target target, Priority priority) {
    Account account = accounts.of(uid, target);
    if (!account.mayGetFunction(uid, target)) {
      return byConfiguration(account, uid, target, priority);
    }
    Reservation reservation = account.quota().getFunction().ask(WaiterId.read(uid), priority);
    return byGetFunction(account, reservation, uid, target, priority);
  }

  private CallResult<Answer> byGetFunction(
      Account account, Reservation reservation, String uid, Target target, Priority priority) {
    CallResult<Answer> read =
        calls.execute(reservation, () -> functions.readFunction(target), GrantedCall::failure);
    Failure refusal = GrantedCall.refusal(read);
    if (refusal != null) {
      account.refused(uid, target, refusal);
      return byConfiguration(account, uid, target, priority);
    }
    if (isDescribed(read)) {
      account.described(uid, target);
    }
    return GrantedCall.isUnusable(read) ? byConfiguration(account, uid, target, priority) : read;
  }

  private CallResult<Answer> byConfiguration(
      Account account, String uid, Target target, Priority priority) {
    Reservation reservation = account.quota().control().ask(WaiterId.read(uid), priority);
    CallResult<Answer> read =
        calls.execute(reservation, () -> functions.read(target), GrantedCall::failure);
    if (read instanceof CallResult.Answered<Answer> && account.isOpen(uid)) {
      // Of which account a function is can be known only now.
      boolean described = isDescribed(read) && accounts.of(uid, target) == account;
      account.readOtherwise(uid, target, described);
    }
    return read;
  }

  private static boolean isDescribed(CallResult<Answer> read) {
    return read instanceof CallResult.Answered<Answer>(Answer.Described function, long began);
  }
}
