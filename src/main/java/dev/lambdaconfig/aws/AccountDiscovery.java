package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.account.Accounts;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port, with accounts learned from the functions that its reads describe. A name in a manifest
 * tells nothing of an account: only AWS's answer shows that it exists.
 */
final class AccountDiscovery implements LambdaFunctions {

  private final LambdaFunctions functions;
  private final Accounts accounts;
  private final Consumer<String> home;

  /**
   * Reads through another port.
   *
   * @param accounts told of the accounts in which a function was described
   * @param home told of the account of the operator's own identity
   */
  AccountDiscovery(LambdaFunctions functions, Accounts accounts, Consumer<String> home) {
    this.functions = functions;
    this.accounts = accounts;
    this.home = home;
  }

  @Override
  public Answer read(Target target) {
    return learned(target, functions.read(target));
  }

  @Override
  public Answer readFunction(Target target) {
    return learned(target, functions.readFunction(target));
  }

  @Override
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    return functions.update(target, members, revisionId);
  }

  private Answer learned(Target target, Answer answer) {
    if (answer instanceof Answer.Described(ObservedFunction function)) {
      String account = FunctionReference.accountIn(function.arn());
      String named = target.account();
      if (account != null && named == null && target.identity() == null) {
        // A function named without an account is in the operator's own.
        home.accept(account);
      } else if (account != null && account.equals(named)) {
        accounts.recordDescribed(target.region(), account);
      }
    }
    return answer;
  }
}
