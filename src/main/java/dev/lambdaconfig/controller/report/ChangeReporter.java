package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.status.Conditions;
import dev.lambdaconfig.status.Notice;
import dev.lambdaconfig.status.Notices;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Reports each change of a resource once, in the log and as an Event; a reconcile that changed
 * nothing leaves no trace.
 */
public final class ChangeReporter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.lambdaconfig.change");

  private final EventRecorder events;
  private final AtomicReference<Set<String>> missingFields = new AtomicReference<>(Set.of());

  /** Reports to the log and to these Events. */
  public ChangeReporter(EventRecorder events) {
    this.events = events;
  }

  /**
   * An update was sent, whatever came of it. For the audit log alone.
   *
   * @param requestId the ID that AWS gave the request, or null
   */
  public void sent(
      Reconciliation reconciliation, Step step, Answer answer, @Nullable String requestId) {
    AuditLog.sent(reconciliation, step, answer, requestId);
  }

  /** AWS accepted an update. For the log alone: an Event follows if it takes long. */
  public void started(LambdaFunctionConfig resource, Decision.Update update) {
    line(resource, Level.INFO, Notices.started(update.plan().fields(), update.cause()))
        .addKeyValue("plannedRevision", String.valueOf(update.revisionId()))
        .log("update started");
  }

  /** Reports an update that takes long, once. The log has its start already. */
  void stillRunning(Reconciliation reconciliation, Step step) {
    UpdateRecord update = LongUpdate.in(step, reconciliation.now());
    if (update != null && reconciliation.state().reportsFirst(update)) {
      LambdaFunctionConfig resource = reconciliation.resource();
      events.recordOnce(
          resource,
          key(resource, "started-" + update.time()),
          Notices.started(UpdateHistory.fields(update), Cause.named(update.cause())));
    }
  }

  /** Updates like this one fail, so that no more of them are sent for now. */
  public void paused(LambdaFunctionConfig resource, String message) {
    Notice notice = Notices.paused(message);
    line(resource, Level.WARN, notice).log("updates paused");
    events.record(resource, notice);
  }

  /** A person lets updates go on. */
  public void resumed(LambdaFunctionConfig resource, String where) {
    Notice notice = Notices.resumed(where);
    line(resource, Level.INFO, notice).log("updates resumed");
    events.record(resource, notice);
  }

  /** The function is what it was before the first update. */
  public void restored(LambdaFunctionConfig resource, List<String> fields) {
    Notice notice = Notices.restored(fields);
    line(resource, Level.INFO, notice).log("restored");
    events.recordOnce(resource, key(resource, "restored"), notice);
  }

  /** The resource is released although the function is not restored. */
  public void abandoned(LambdaFunctionConfig resource, List<String> fields, String why) {
    Notice notice = Notices.abandoned(fields, why);
    line(resource, Level.WARN, notice).log("restore abandoned");
    events.recordOnce(resource, key(resource, "restore-abandoned"), notice);
  }

  /** Another resource keeps the function. For the log alone: tenants do not see each other. */
  public void keptBy(LambdaFunctionConfig resource, LambdaFunctionConfig owner) {
    line(
            resource,
            Level.INFO,
            new Notice(true, Notice.CONFLICT, "an older resource owns the function"))
        .addKeyValue(
            "owner", owner.getMetadata().getNamespace() + "/" + owner.getMetadata().getName())
        .log("conflict");
  }

  /**
   * Reports that values which an earlier version kept in the resource's namespace cannot be read
   * there.
   */
  public void valuesNotMoved(
      LambdaFunctionConfig resource, String secretName, int code, String operatorNamespace) {
    Notice notice = Notices.valuesNotMoved(secretName, code, operatorNamespace);
    line(resource, Level.WARN, notice).log("baseline not moved");
    events.recordOnce(resource, key(resource, "baseline-not-moved"), notice);
  }

  /** The served schema lacks fields of the status: reported once, on whatever resource is first. */
  public void schemaOutdated(LambdaFunctionConfig resource, Set<String> missing) {
    Set<String> before = missingFields.get();
    if (!missing.equals(before)
        && missingFields.compareAndSet(before, missing)
        && !missing.isEmpty()) {
      events.recordOnce(
          resource,
          "schema-outdated-" + Integer.toHexString(missing.hashCode()),
          Notices.schemaOutdated(missing));
    }
  }

  /** Nothing is written of a resource, because the served schema lacks members of specs. */
  public void held(LambdaFunctionConfig resource, Set<String> members) {
    Notice notice = Notices.specHidden(members);
    line(resource, Level.WARN, notice).log("held back");
    events.record(resource, notice);
  }

  /** Another operator writes other statuses. For Events alone: the log has it already. */
  void overlapping(LambdaFunctionConfig resource) {
    events.record(resource, Notices.overlapping());
  }

  private static String key(LambdaFunctionConfig resource, String what) {
    String uid = resource.getMetadata().getUid();
    return uid.substring(0, Math.min(8, uid.length())) + "-" + what;
  }

  /** A status was written over another one. */
  public void written(
      LambdaFunctionConfig resource,
      @Nullable LambdaFunctionConfigStatus before,
      LambdaFunctionConfigStatus after) {
    for (Notice notice : Notices.between(before, after)) {
      line(resource, notice.warning() ? Level.WARN : Level.INFO, notice).log("status changed");
      events.record(resource, notice);
    }
    String was = readyReason(before);
    StatusCondition ready = Conditions.find(after.conditions, Conditions.READY);
    if (ready != null
        && !ready.status().equals("True")
        && Conditions.find(after.conditions, Conditions.STALLED) == null
        && !ready.reason().equals(was)) {
      line(resource, Level.INFO, new Notice(false, ready.reason(), ready.message()))
          .log("reconciling");
    }
  }

  private static @Nullable String readyReason(@Nullable LambdaFunctionConfigStatus status) {
    StatusCondition ready =
        status == null ? null : Conditions.find(status.conditions, Conditions.READY);
    return ready == null ? null : ready.reason();
  }

  private static LoggingEventBuilder line(
      LambdaFunctionConfig resource, Level level, Notice notice) {
    return LOG.atLevel(level)
        .addKeyValue("namespace", resource.getMetadata().getNamespace())
        .addKeyValue("name", resource.getMetadata().getName())
        .addKeyValue("generation", resource.getMetadata().getGeneration())
        .addKeyValue("reason", notice.reason())
        .addKeyValue("detail", notice.message());
  }
}
