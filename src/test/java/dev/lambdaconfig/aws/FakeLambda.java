package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A limiter of 10 calls a second with a clock of its own, in front of a Lambda that is made up. */
final class FakeLambda {

  static final Target ORDERS = new Target("eu-west-1", "orders");
  static final Failure DENIED = new Failure("AccessDeniedException", "no", 403, null);
  static final String HOME = "123456789012";
  static final String OTHER = "999999999999";

  /** Answers everything, or as told; a function is in the account that its ARN says. */
  static final class Api implements LambdaFunctions, FunctionLists {
    final List<String> calls = new ArrayList<>();
    @Nullable Failure getFunction;
    @Nullable Failure configuration;
    @Nullable Failure all;

    private Answer answer(String operation, Target target, @Nullable Failure failure) {
      calls.add(operation);
      String account = FunctionReference.accountIn(target.functionName());
      Failure why = all != null ? all : failure;
      return why != null
          ? new Answer.Failed(why)
          : new Answer.Described(
              new ObservedFunction(
                  Value.Structure.of(
                      Map.of(
                          "FunctionArn",
                          Value.text(arn(account == null ? HOME : account, "orders"))))));
    }

    @Override
    public Answer read(Target target) {
      return answer("GetFunctionConfiguration", target, configuration);
    }

    @Override
    public Answer readFunction(Target target) {
      return answer("GetFunction", target, getFunction);
    }

    @Override
    public Sent update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      return new Sent(answer("UpdateFunctionConfiguration", target, null));
    }

    @Override
    public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
      calls.add("ListFunctions");
      return new Page(List.of(), null);
    }
  }

  /** The Regions as they are reported. */
  static final class Regions implements RegionListener {
    final List<String> used = new ArrayList<>();
    final List<String> unused = new ArrayList<>();
    int count;

    @Override
    public void used(String region) {
      used.add(region);
    }

    @Override
    public void unused(String region) {
      unused.add(region);
    }

    @Override
    public void counted(int regions) {
      count = regions;
    }
  }

  final Api api = new Api();
  final Regions regions = new Regions();
  private long now;

  final RateLimitedLambda lambda =
      new RateLimitedLambda(
          api,
          api,
          new CallLimits(10),
          () -> now,
          new RateLimitedLambda.Listeners(WaitListener.NONE, regions));

  /** The ARN of a function in an account. */
  private static String arn(String account, String name) {
    return "arn:aws:lambda:eu-west-1:" + account + ":function:" + name;
  }

  /** A function in an account. */
  static Target in(String account) {
    return new Target("eu-west-1", arn(account, "mails"));
  }

  /** The function as the session of a ServiceAccount calls it, whose role is in an account. */
  static Target by(String serviceAccount, String account) {
    return ORDERS.as(new Identity("team", serviceAccount, account, serviceAccount + "#1"));
  }

  /** Answers everything from now on, and forgets the calls. */
  void allowAll() {
    api.getFunction = null;
    api.configuration = null;
    api.all = null;
    api.calls.clear();
  }

  /** Lets time pass. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  /** Uses up what the shared quota allows at once. */
  void useUpControl() {
    while (lambda.reserveUpdate("busy", ORDERS) instanceof Reservation.Granted granted) {
      lambda.update(granted, ORDERS, new TreeMap<>(), "r1");
    }
    api.calls.clear();
  }
}
