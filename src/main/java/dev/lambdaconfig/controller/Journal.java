package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.status.Conditions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One log line for each change of one resource; none for a pass that changed nothing. */
final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger("dev.lambdaconfig.change");

  private final LambdaFunctionConfig resource;
  private @Nullable String readyReason;

  Journal(LambdaFunctionConfig resource, @Nullable LambdaFunctionConfigStatus previous) {
    this.resource = resource;
    StatusCondition ready =
        previous == null ? null : Conditions.find(previous.conditions, Conditions.READY);
    this.readyReason = ready == null ? null : ready.reason();
  }

  /** AWS took an update. */
  void updated(Decision.Update update) {
    line(Level.INFO)
        .addKeyValue("fields", String.join(",", update.plan().fields()))
        .addKeyValue("cause", update.cause().name())
        .addKeyValue("plannedRevision", String.valueOf(update.revisionId()))
        .log("update sent");
  }

  /** A status was written, or holds. */
  void decided(Decision decision) {
    switch (decision) {
      case Decision.InSync inSync -> changed("InSync", Level.INFO, "in sync", "");
      case Decision.Stalled stalled ->
          changed(stalled.reason(), Level.WARN, "stalled", stalled.message());
      case Decision.Retry retry ->
          changed(retry.reason(), Level.INFO, "trying again", retry.message());
      case Decision.Wait wait -> readyReason = wait.reason();
      case Decision.Update update -> readyReason = update.cause().name();
      case Decision.ReadAgain readAgain -> {}
    }
  }

  private void changed(String reason, Level level, String what, String message) {
    if (!reason.equals(readyReason)) {
      line(level).addKeyValue("reason", reason).addKeyValue("detail", message).log(what);
      readyReason = reason;
    }
  }

  private LoggingEventBuilder line(Level level) {
    return LOG.atLevel(level)
        .addKeyValue("namespace", resource.getMetadata().getNamespace())
        .addKeyValue("name", resource.getMetadata().getName())
        .addKeyValue("generation", resource.getMetadata().getGeneration());
  }
}
