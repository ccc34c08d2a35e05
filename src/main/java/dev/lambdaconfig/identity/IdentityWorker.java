package dev.lambdaconfig.identity;

import dev.lambdaconfig.aws.limit.Permit;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.TenantIdentity.Request;
import dev.lambdaconfig.identity.account.IdentityKey;
import dev.lambdaconfig.identity.account.IdentityProblems;
import dev.lambdaconfig.timing.FairExecutor;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.timing.WaitingThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what takes time for the identities: few ServiceAccounts are read at the same time, of which
 * namespaces take turns, and as many roles assumed as the rate limit of STS allows, so that no STS
 * that hangs delays another.
 */
final class IdentityWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityWorker.class);

  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(20);

  /**
   * The executors of the work.
   *
   * @param checks of reads of ServiceAccounts
   * @param assumptions of calls to STS
   */
  record Executors(ExecutorService checks, ExecutorService assumptions) {

    private static final int CHECKS_AT_A_TIME = 8;

    static Executors create() {
      return new Executors(
          WaitingThreads.perTask("identity-check"), WaitingThreads.perTask("role-assumption"));
    }
  }

  private final RoleCheck check;
  private final RoleAssumption assumption;
  private final Timing timing;
  private final Consumer<TenantIdentity> onEnd;
  private final Executors executors;
  private final FairExecutor checks;

  IdentityWorker(
      RoleCheck check,
      RoleAssumption assumption,
      Timing timing,
      Executors executors,
      Consumer<TenantIdentity> onEnd) {
    this.check = check;
    this.assumption = assumption;
    this.timing = timing;
    this.executors = executors;
    this.checks = new FairExecutor(executors.checks(), Executors.CHECKS_AT_A_TIME);
    this.onEnd = onEnd;
  }

  /** Checks the role, unless another worker is at it. */
  void check(TenantIdentity identity) {
    if (identity.begin()) {
      execute(
          task -> checks.execute(namespace(identity.key()), task),
          new Work(identity, Request.SERVICE_ACCOUNT, null),
          () -> check.check(identity, timing.nanos().getAsLong(), timing.random().getAsDouble()));
    }
  }

  /** The namespace that a check is done for; the policy file is the operator's own. */
  private static String namespace(IdentityKey key) {
    return switch (key) {
      case IdentityKey.OfServiceAccount account -> account.namespace();
      case IdentityKey.OfRole role -> "";
    };
  }

  /** Assumes the role by a worker that has the right to work on the identity. */
  void assume(TenantIdentity identity, TenantIdentity.Role role, Permit permit) {
    execute(
        executors.assumptions(),
        new Work(identity, Request.SESSION, permit),
        () -> assumption.assume(identity, role, permit));
  }

  /**
   * The work on an identity.
   *
   * @param permit the permit for the call to STS, or null where it makes none
   */
  private record Work(TenantIdentity identity, Request request, @Nullable Permit permit) {}

  private void execute(Executor executor, Work work, Runnable action) {
    try {
      executor.execute(() -> run(work.identity(), work.request(), action));
    } catch (RejectedExecutionException e) {
      work.identity().end();
      if (work.permit() != null) {
        work.permit().giveBack();
      }
      LOG.debug("no identity is resolved any more: the operator stops");
    }
  }

  private void run(TenantIdentity identity, Request request, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      // Or resources would ask again and again, and say nothing.
      identity.failed(
          IdentityProblems.unexpected(e), request, timing.nanos().getAsLong(), AFTER_MISTAKE);
      // Not with its message or stack trace: both may repeat what a port was given.
      LOG.atError()
          .addKeyValue("identity", identity.key().text())
          .addKeyValue("exception", e.getClass().getName())
          .log("an identity could not be resolved; the next attempt follows in 20 seconds");
    } finally {
      identity.end();
      onEnd.accept(identity);
    }
  }

  void sizes(StateSizes sizes) {
    sizes.add("IdentityWorker.checks", checks.waiting());
  }

  @Override
  public void close() {
    executors.checks().shutdownNow();
    executors.assumptions().shutdownNow();
  }
}
