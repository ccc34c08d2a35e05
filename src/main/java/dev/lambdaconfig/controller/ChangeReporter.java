package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.status.Conditions;
import dev.lambdaconfig.status.Notice;
import dev.lambdaconfig.status.Notices;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells each change of one resource once, in the log and as an Event; a pass that changed nothing
 * leaves no trace.
 */
final class ChangeReporter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.lambdaconfig.change");

  private final LambdaFunctionConfig resource;
  private final EventRecorder events;

  ChangeReporter(LambdaFunctionConfig resource, EventRecorder events) {
    this.resource = resource;
    this.events = events;
  }

  /** AWS accepted an update. */
  void started(Decision.Update update) {
    Notice notice = Notices.started(update.plan().fields(), update.cause());
    line(Level.INFO, notice)
        .addKeyValue("plannedRevision", String.valueOf(update.revisionId()))
        .log("update started");
    events.record(resource, notice);
  }

  /** Updates like this one fail, so that no more of them are sent for now. */
  void paused(String message) {
    Notice notice = Notices.paused(message);
    line(Level.WARN, notice).log("updates paused");
    events.record(resource, notice);
  }

  /** A person lets updates go on. */
  void resumed(String where) {
    Notice notice = Notices.resumed(where);
    line(Level.INFO, notice).log("updates resumed");
    events.record(resource, notice);
  }

  /** The function is what it was before the first update. */
  void restored(List<String> fields) {
    Notice notice = Notices.restored(fields);
    line(Level.INFO, notice).log("restored");
    events.recordOnce(resource, key("restored"), notice);
  }

  /** The resource is let go although the function is not what it was. */
  void abandoned(List<String> fields, String why) {
    Notice notice = Notices.abandoned(fields, why);
    line(Level.WARN, notice).log("restore abandoned");
    events.recordOnce(resource, key("restore-abandoned"), notice);
  }

  /** Another resource keeps the function. For the log alone: tenants do not see each other. */
  void keptBy(LambdaFunctionConfig owner) {
    line(Level.INFO, new Notice(true, Notice.CONFLICT, "an older resource keeps the function"))
        .addKeyValue(
            "owner", owner.getMetadata().getNamespace() + "/" + owner.getMetadata().getName())
        .log("conflict");
  }

  /** What an earlier version kept in the resource's namespace cannot be read there. */
  void valuesNotMoved(String secretName, int code, String operatorNamespace) {
    Notice notice = Notices.valuesNotMoved(secretName, code, operatorNamespace);
    line(Level.WARN, notice).log("baseline not moved");
    events.recordOnce(resource, key("baseline-not-moved"), notice);
  }

  private String key(String what) {
    return resource.getMetadata().getUid().substring(0, 8) + "-" + what;
  }

  /** A status was written over another one. */
  void written(@Nullable LambdaFunctionConfigStatus before, LambdaFunctionConfigStatus after) {
    for (Notice notice : Notices.between(before, after)) {
      line(notice.warning() ? Level.WARN : Level.INFO, notice).log("status changed");
      events.record(resource, notice);
    }
    String was = readyReason(before);
    StatusCondition ready = Conditions.find(after.conditions, Conditions.READY);
    if (ready != null
        && !ready.status().equals("True")
        && Conditions.find(after.conditions, Conditions.STALLED) == null
        && !ready.reason().equals(was)) {
      line(Level.INFO, new Notice(false, ready.reason(), ready.message())).log("reconciling");
    }
  }

  private static @Nullable String readyReason(@Nullable LambdaFunctionConfigStatus status) {
    StatusCondition ready =
        status == null ? null : Conditions.find(status.conditions, Conditions.READY);
    return ready == null ? null : ready.reason();
  }

  private LoggingEventBuilder line(Level level, Notice notice) {
    return LOG.atLevel(level)
        .addKeyValue("namespace", resource.getMetadata().getNamespace())
        .addKeyValue("name", resource.getMetadata().getName())
        .addKeyValue("generation", resource.getMetadata().getGeneration())
        .addKeyValue("reason", notice.reason())
        .addKeyValue("detail", notice.message());
  }
}
