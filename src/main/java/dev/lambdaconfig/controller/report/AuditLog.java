package dev.lambdaconfig.controller.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Submission;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.text.WholeText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: one JSON object for each update that was sent, by the logger {@code changes}. Its
 * members are a contract, docs/audit.md. It has the names of fields and never a value, and of AWS's
 * answer no message, because that can repeat values.
 */
final class AuditLog {

  /** The logger, whose messages are whole lines of JSON. */
  static final String LOGGER = "changes";

  private static final int LONGEST_CODE = 100;

  /** Far more characters than an ARN or a RevisionId ever has: they are what an endpoint says. */
  private static final int LONGEST_NAME = 300;

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  /** Some collectors of logs end a line at characters beyond ASCII. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private AuditLog() {}

  /** Writes the line of an update. */
  static void sent(
      Reconciliation reconciliation, Step step, Answer answer, @Nullable String requestId) {
    if (answer instanceof Answer.Failed(Failure failure)
        && failure.code().equals(Failure.CREDENTIALS_UNAVAILABLE)) {
      // No request was made.
      return;
    }
    if (LOG.isInfoEnabled()) {
      LOG.info(line(reconciliation, step, answer, requestId));
    }
  }

  /** The line of an update. Every member is always there; what is not known is null. */
  static String line(
      Reconciliation reconciliation, Step step, Answer answer, @Nullable String requestId) {
    LambdaFunctionConfig resource = reconciliation.resource();
    Decision.Update update = step.update();
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("loggerName", LOGGER);
      json.writeStringField("time", reconciliation.now().toString());
      json.writeStringField("namespace", resource.getMetadata().getNamespace());
      json.writeStringField("name", resource.getMetadata().getName());
      json.writeStringField("uid", resource.getMetadata().getUid());
      json.writeNumberField("generation", reconciliation.generation());
      json.writeStringField("functionArn", bounded(step.arn()));
      json.writeStringField("identity", identity(reconciliation.function().identity()));
      json.writeStringField("cause", update.cause().name());
      json.writeArrayFieldStart("fields");
      for (String field : update.plan().fields()) {
        json.writeString(field);
      }
      json.writeEndArray();
      json.writeStringField("revisionBefore", bounded(update.revisionId()));
      json.writeStringField("revisionAfter", bounded(revision(answer)));
      json.writeStringField("requestId", requestId);
      json.writeStringField("outcome", outcome(answer));
      json.writeStringField("errorCode", code(answer));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static String identity(@Nullable Identity identity) {
    if (identity == null) {
      return "operator";
    }
    String serviceAccount = identity.serviceAccount();
    return serviceAccount == null
        ? identity.namespace()
        : identity.namespace() + "/" + serviceAccount;
  }

  private static @Nullable String revision(Answer answer) {
    return answer instanceof Answer.Described(var function) ? function.revisionId() : null;
  }

  /** AWS's error code, or one of {@link Failure}, as far as a code is ever long. */
  private static @Nullable String code(Answer answer) {
    if (!(answer instanceof Answer.Failed(Failure failure))) {
      return null;
    }
    return WholeText.shortened(failure.code(), LONGEST_CODE);
  }

  private static @Nullable String bounded(@Nullable String text) {
    return text == null ? null : WholeText.shortened(text, LONGEST_NAME);
  }

  private static String outcome(Answer answer) {
    return switch (Submission.of(answer)) {
      case ACCEPTED -> "Accepted";
      case OVERTAKEN, REJECTED -> "Refused";
      case UNCERTAIN -> "Unknown";
      case NONE -> throw new IllegalStateException("an answer is there");
    };
  }
}
