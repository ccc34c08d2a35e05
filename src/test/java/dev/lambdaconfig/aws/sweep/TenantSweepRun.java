package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.Sighting;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.identity.IdentityResolution;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A sweep of a tenants' account, with identities that may list it or not. */
final class TenantSweepRun implements FunctionLists {

  private static final Failure DENIED =
      new Failure("AccessDeniedException", "not authorized", 403, null);

  final List<ListedFunction> functions = new ArrayList<>();
  final Set<String> denied = new HashSet<>();
  final Map<String, Failure> failing = new HashMap<>();

  /** The session of each call. */
  final List<String> lists = new ArrayList<>();

  /** The marker of each call. */
  final List<String> markers = new ArrayList<>();

  /** The resolutions of identities that are not simply usable, by their session. */
  final Map<String, IdentityResolution> resolutions = new HashMap<>();

  private final Map<String, String> sessionOfUid = new HashMap<>();
  private final String account;

  long now;
  final SweepRun.Reports reports = new SweepRun.Reports();
  final WatchedFunctions watched = new WatchedFunctions("eu-west-1");
  final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new SweepRun().account,
          this,
          new CallLimits(14),
          () -> now,
          RateLimitedLambda.Listeners.NONE);
  final Sweep sweep;

  TenantSweepRun(String account) {
    this.account = account;
    this.sweep =
        new Sweep(
            new Lister(
                new ListedAccount(watched, account), this::identity, SweepRun.MINUTE, () -> now),
            lambda,
            SweepRun.MINUTE,
            new Timing(Clock.systemUTC(), () -> now, () -> 0.5),
            reports);
  }

  private @Nullable IdentityResolution identity(String uid) {
    String session = sessionOfUid.getOrDefault(uid, "");
    return resolutions.getOrDefault(
        session, new IdentityResolution.Usable(new Identity("team", session, account, session)));
  }

  @Override
  public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
    String session = identity == null ? "" : identity.session();
    lists.add(session);
    markers.add(String.valueOf(marker));
    if (denied.contains(session)) {
      return new Failed(DENIED);
    }
    Failure failure = failing.get(session);
    if (failure != null) {
      return new Failed(failure);
    }
    int from = marker == null ? 0 : Integer.parseInt(marker);
    int to = Math.min(from + 50, functions.size());
    return new Page(functions.subList(from, to), to < functions.size() ? String.valueOf(to) : null);
  }

  /** Adds functions that are managed and were read, each by an identity of the account. */
  void functions(String in, int count, IntFunction<String> session) {
    for (int i = 0; i < count; i++) {
      functions.add(new ListedFunction("f" + i, in, "r1", 0));
      sessionOfUid.put("uid" + i, session.apply(i));
      watched.watch(
          new WatchedFunction("uid" + i, "f" + i, in, null, now).listedBy(session.apply(i)));
      watched.seen("uid" + i, new Sighting(true, "r1", true, 1), now);
    }
  }

  /** Changes a function, as another tool does. */
  void change(String in, int index) {
    functions.set(index, new ListedFunction("f" + index, in, "r2", 0));
  }

  /** Makes the steps of a time. */
  void runFor(Duration time) {
    long end = now + time.toNanos();
    while (now < end) {
      now += Math.max(1, sweep.step().toNanos());
    }
  }
}
