package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.RoleAnnotations;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Identities with ports in memory, on a clock that a test moves, and with work that it runs. */
final class IdentityFixture {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final String ROLE = "arn:aws:iam::210987654321:role/writer";
  static final IdentityKey KEY = new IdentityKey.OfServiceAccount("team", "writer", "eu-west-1");

  final InMemoryServiceAccounts accounts = new InMemoryServiceAccounts();
  final InMemoryRoleSessions sessions = new InMemoryRoleSessions();
  final List<String> triggered = new ArrayList<>();
  final TenantIdentities identities;
  private final Queue<Runnable> work = new ArrayDeque<>();
  Duration elapsed = Duration.ZERO;

  /** Runs once, while the rate limiter of STS is asked for a call. */
  private Runnable duringAsk = () -> {};

  IdentityFixture() {
    this(Duration.ofHours(1));
  }

  IdentityFixture(Duration maxAge) {
    sessions.expiration = request -> now().plus(request.duration());
    accounts.put("writer", "uid-1", Map.of(RoleAnnotations.ROLE_ARN, ROLE));
    QueueingExecutor executor = new QueueingExecutor();
    identities =
        new TenantIdentities(
            new TenantIdentities.Ports(accounts, sessions, maxAge),
            new Timing(new MovedClock(), this::nanos, () -> 0.5),
            new IdentityWorker.Executors(executor, executor),
            triggered::add);
  }

  Instant now() {
    return START.plus(elapsed);
  }

  private long nanos() {
    // The limiter is the only one that looks at the clock in a method of this name.
    if (StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("ask")))) {
      Runnable once = duringAsk;
      duringAsk = () -> {};
      once.run();
    }
    return elapsed.toNanos();
  }

  /** Runs something once, while the rate limiter of STS is asked for a call. */
  void duringAsk(Runnable once) {
    duringAsk = once;
  }

  void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }

  /** Does all that workers have to do, one after another. */
  void work() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }

  /** Asks for the identity of a resource, as often as it is triggered. */
  IdentityResolution resolved(String uid) {
    return resolved(uid, KEY);
  }

  /** The same of a reconcile that a person requested. */
  IdentityResolution requested(String uid) {
    return resolved(uid, KEY, true);
  }

  IdentityResolution resolved(String uid, IdentityKey key) {
    return resolved(uid, key, false);
  }

  private IdentityResolution resolved(String uid, IdentityKey key, boolean requested) {
    IdentityResolution resolution = identities.resolve(uid, key, requested);
    for (int i = 0; i < 5 && !work.isEmpty(); i++) {
      work();
      resolution = identities.resolve(uid, key, requested);
    }
    return resolution;
  }

  private final class MovedClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now();
    }
  }

  private final class QueueingExecutor extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      work.add(command);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
