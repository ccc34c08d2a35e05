package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.PreviousStatus;
import dev.lambdaconfig.controller.state.ProvisionalValues;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Unreported;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.status.StatusStore;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what reconciles learn into statuses, and reports each change once that is done. What a
 * reconcile has learned is remembered when it is reported, else the next one must be able to learn
 * and report it again; but that an update was sent is never forgotten.
 */
public final class StatusReporter {

  /** Delay after a decision that names none. */
  private static final Duration SOON = Duration.ofMillis(500);

  private static final Requeue ON_EVENT = new Requeue.OnEvent();

  private final StatusStore statuses;
  private final ChangeReporter changes;
  private final DriftTimer drifts;
  private final ConflictBackoff conflicts;
  private final BiConsumer<Reconciliation, Step> onReported;

  /**
   * Creates a reporter.
   *
   * @param onReported called after a decision was reported
   */
  public StatusReporter(
      StatusStore statuses,
      ChangeReporter changes,
      DriftTimer drifts,
      ConflictBackoff conflicts,
      BiConsumer<Reconciliation, Step> onReported) {
    this.statuses = statuses;
    this.changes = changes;
    this.drifts = drifts;
    this.conflicts = conflicts;
    this.onReported = onReported;
  }

  /**
   * The result of a write.
   *
   * @param step the step with the baseline that was written
   */
  private record Report(StatusStore.Written written, Step step) {}

  /** The status as known now: not the one that a reconcile began with, which may have announced. */
  private @Nullable LambdaFunctionConfigStatus known(LambdaFunctionConfig resource) {
    return statuses.known(resource).status();
  }

  /**
   * Restores a status that another writer has changed.
   *
   * @throws dev.lambdaconfig.kube.status.StatusRefusedException if the API server refuses it
   * @throws ApiServerBusyException if it gives no answer, or has too much to do
   */
  public void correct(LambdaFunctionConfig resource) {
    statuses.putRight(resource);
  }

  /** Whether a reconcile that could not be reported holds for the resource as it is now. */
  public boolean stillHolds(Unreported kept, Reconciliation now) {
    return kept.holdsFor(now, known(now.resource()), drifts.now());
  }

  /** Acknowledges a suspended spec. A request to reconcile is answered once it is resumed. */
  public Requeue acknowledgeSuspension(Reconciliation reconciliation) {
    LambdaFunctionConfigStatus before = known(reconciliation.resource());
    return switch (write(reconciliation, before, StatusDraft.suspended(reconciliation, before))) {
      case DONE, GONE -> ON_EVENT;
      case STALE, BUSY -> conflicts.next(reconciliation);
    };
  }

  /** Writes that a suspension has ended, before the function is read. */
  public Verdict announceResumption(Reconciliation reconciliation, Step step) {
    LambdaFunctionConfigStatus before = known(reconciliation.resource());
    return write(reconciliation, before, StatusDraft.resumed(reconciliation, before))
            == StatusStore.Written.DONE
        ? Verdict.pass(step)
        : Verdict.lookAgain(step, conflicts.next(reconciliation));
  }

  /**
   * Announces a guarded update before it waits for the rate limiter: its revision shows later
   * whether it was applied. Without a guard only the announcement does, so there it follows the
   * grant.
   */
  public Verdict writeAhead(Reconciliation reconciliation, Step step) {
    return step.update().revisionId() == null
        ? Verdict.pass(step)
        : announce(reconciliation, step, reconciliation.queued());
  }

  /**
   * Writes what is about to be sent; what is announced already is not written again.
   *
   * @param waited whether this process has announced it, and it has waited for the rate limiter
   *     since: just the same in the status can be of another operator
   */
  public Verdict announce(Reconciliation reconciliation, Step step, boolean waited) {
    Decision.Update update = step.update();
    UpdateHistory known = reconciliation.previous().history();
    Cause cause =
        waited
            ? known.causeIfOpen(
                update.plan().fields(), reconciliation.version(), update.revisionId())
            : null;
    if (cause != null) {
      return Verdict.pass(
          step.decided(new Decision.Update(update.plan(), update.revisionId(), cause)).with(known));
    }
    UpdateHistory opened =
        step.history()
            .opened(
                update.plan().fields(),
                update.cause(),
                reconciliation.version(),
                update.revisionId(),
                reconciliation.now());
    Report report = write(reconciliation, step.with(opened), known(reconciliation.resource()));
    if (report.written() == StatusStore.Written.BUSY) {
      // Nobody changed what the plan was made from: it needs no other read.
      reconciliation.state().observe(seen -> seen.queued(reconciliation.requested(), false));
    }
    return report.written() == StatusStore.Written.DONE
        ? Verdict.pass(report.step())
        : Verdict.lookAgain(report.step(), conflicts.next(reconciliation));
  }

  /** Writes that an update waits for the rate limiter that cannot be announced yet. */
  public Verdict reportQueued(Reconciliation reconciliation, Step step, Requeue requeue) {
    Report report = write(reconciliation, step, known(reconciliation.resource()));
    return report.written() == StatusStore.Written.DONE
        ? Verdict.lookAgain(report.step().waiting(), requeue)
        : Verdict.lookAgain(report.step(), conflicts.next(reconciliation));
  }

  /** Reports the end of a reconcile, and throws what kept it from there. */
  public ReconcileReport report(Reconciliation reconciliation, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Decide(Step step) -> report(reconciliation, step);
      case Verdict.LookAgain(Step step, Requeue.WhenGranted requeue) -> {
        if (step.decision() != null) {
          reconciliation.state().remember(step.retryState());
        }
        yield counted(reconciliation, ReconcileReport.postponed(step, requeue));
      }
      case Verdict.LookAgain(Step step, Requeue requeue) ->
          counted(reconciliation, ReconcileReport.decided(step, requeue));
      case Verdict.Failed(Step step, RuntimeException failure) -> {
        var unused = counted(reconciliation, ReconcileReport.failed(step, ON_EVENT));
        throw failure;
      }
      case Verdict.Pass pass -> throw new IllegalStateException("a reconcile did not end");
    };
  }

  private ReconcileReport report(Reconciliation reconciliation, Step step) {
    if (step.submission() != Submission.NONE) {
      reconciliation.state().remember(step.retryState());
    }
    LambdaFunctionConfigStatus basis = known(reconciliation.resource());
    if (isAnnounced(reconciliation, step)
        && PreviousStatus.by(basis).answers(reconciliation.resource())) {
      return counted(reconciliation, ReconcileReport.decided(step, requeue(step)));
    }
    try {
      Report report = write(reconciliation, step, basis);
      boolean kept =
          report.written() == StatusStore.Written.BUSY && keep(reconciliation, step, basis);
      Requeue requeue = written(reconciliation, report);
      return kept
          ? ReconcileReport.overtaken(requeue)
          : counted(reconciliation, ReconcileReport.decided(step, requeue));
    } catch (ApiServerBusyException e) {
      if (!keep(reconciliation, step, basis)) {
        var unused = counted(reconciliation, ReconcileReport.decided(step, ON_EVENT));
      }
      throw e;
    } catch (RuntimeException e) {
      var unused = counted(reconciliation, ReconcileReport.decided(step, ON_EVENT));
      throw e;
    }
  }

  /**
   * Whether an update was accepted a moment ago. What was announced is still true, and most updates
   * have ended by the next look: one write less for each.
   */
  private static boolean isAnnounced(Reconciliation reconciliation, Step step) {
    return reconciliation.now().equals(step.appliedAt())
        && step.decision() instanceof Decision.InProgress;
  }

  private Requeue written(Reconciliation reconciliation, Report report) {
    return switch (report.written()) {
      case DONE -> {
        reconciliation.state().reported(reconciliation, report.step());
        onReported.accept(reconciliation, report.step());
        reconciliation.state().succeeded(ResourceState.Failures.CONFLICTS);
        changes.schemaOutdated(reconciliation.resource(), statuses.missingFields());
        if (statuses.takeOverlapWarning(reconciliation.resource())) {
          changes.overlapping(reconciliation.resource());
        }
        changes.stillRunning(reconciliation, report.step());
        yield requeue(report.step());
      }
      case STALE, BUSY -> conflicts.next(reconciliation);
      case GONE -> {
        reconciliation.state().forgetRetries();
        yield ON_EVENT;
      }
    };
  }

  /** Keeps a verdict that could not be written, if the next reconcile can do without a read. */
  private boolean keep(
      Reconciliation reconciliation, Step step, @Nullable LambdaFunctionConfigStatus basis) {
    boolean verdict =
        step.decision() instanceof Decision.InSync || step.decision() instanceof Decision.Observed;
    if (!verdict || reconciliation.isRestoring()) {
      return false;
    }
    reconciliation
        .state()
        .keepUnreported(
            new Unreported(
                reconciliation, step, basis, reconciliation.state().observation(), drifts.now()));
    return true;
  }

  private ReconcileReport counted(Reconciliation reconciliation, ReconcileReport report) {
    drifts.reported(reconciliation.state(), report);
    return report;
  }

  private static Requeue requeue(Step step) {
    return new Requeue.After(
        step.decision() instanceof Decision.Terminal decision ? decision.requeueAfter() : SOON);
  }

  /** Writes the status that follows from a step, if it says anything new. */
  private Report write(
      Reconciliation reconciliation, Step step, @Nullable LambdaFunctionConfigStatus before) {
    UpdateHistory known = UpdateHistory.of(before);
    Step reported = ProvisionalValues.settled(reconciliation, step, known);
    StatusStore.Written written =
        write(reconciliation, before, StatusDraft.decided(reconciliation, reported, before));
    if (written == StatusStore.Written.DONE) {
      UpdateRecord ended = reported.history().endedSince(known);
      if (ended != null) {
        drifts.updateEnded(
            Cause.named(ended.cause()),
            UpdateOutcome.of(ended.outcome(), step.submission().isRefused()));
      }
    }
    return new Report(written, reported);
  }

  private StatusStore.Written write(
      Reconciliation reconciliation,
      @Nullable LambdaFunctionConfigStatus before,
      LambdaFunctionConfigStatus status) {
    StatusStore.Written written = statuses.write(reconciliation.resource(), status);
    if (written == StatusStore.Written.DONE) {
      changes.written(reconciliation.resource(), before, status);
    }
    return written;
  }
}
