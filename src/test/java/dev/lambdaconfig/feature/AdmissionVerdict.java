package dev.lambdaconfig.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.validate.schema.FieldError;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A verdict on a resource or its change.
 *
 * @param isAccepted whether it would be stored
 * @param causes fields and reasons, or null if they were not looked for, because the resource
 *     cannot be decoded
 * @param text the whole answer
 */
record AdmissionVerdict(boolean isAccepted, @Nullable Set<String> causes, String text) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A field that may have any character in its name. */
  private static final Pattern UNKNOWN =
      Pattern.compile("(?s)unknown field \"(.*?)\"(?=, (?:unknown|duplicate) field \"|$)");

  /** The verdict in a response of the API server. */
  static AdmissionVerdict of(int code, String body) throws JsonProcessingException {
    JsonNode answer = JSON.readTree(body);
    String message = answer.path("message").asText();
    if (code == 201 || code == 200) {
      return new AdmissionVerdict(true, Set.of(), body);
    }
    Set<String> causes = new TreeSet<>();
    if (code == 400 && message.contains("strict decoding error: ")) {
      UNKNOWN.matcher(message).results().forEach(each -> causes.add(unknown(each.group(1))));
      boolean isDuplicate = message.contains("duplicate field") || message.contains("already set");
      return new AdmissionVerdict(false, isDuplicate ? null : causes, message);
    }
    for (JsonNode cause : answer.at("/details/causes")) {
      String field = cause.path("field").asText().replace("<nil>", "");
      causes.add(field + " " + cause.path("reason").asText());
    }
    return new AdmissionVerdict(false, causes.isEmpty() ? null : causes, message);
  }

  /** The verdict of the command. */
  static AdmissionVerdict of(ManifestSet set, List<FieldError> errors) {
    String text = set.problems() + " " + errors;
    boolean isAccepted = set.problems().isEmpty() && errors.isEmpty();
    boolean isUndecodable =
        !set.problems().isEmpty()
            || errors.stream()
                .anyMatch(
                    error ->
                        error.reason() == CauseType.TYPE_INVALID
                            && error.field().startsWith("metadata"));
    boolean hasUnknown = errors.stream().anyMatch(each -> each.reason() == CauseType.UNKNOWN_FIELD);
    Set<String> causes = new TreeSet<>();
    for (FieldError error : errors) {
      if (error.reason() == CauseType.UNKNOWN_FIELD) {
        causes.add(unknown(error.field()));
      } else if (!hasUnknown) {
        causes.add(error.field() + " " + error.reason().code());
      }
    }
    return new AdmissionVerdict(isAccepted, isUndecodable ? null : causes, text);
  }

  private static String unknown(String field) {
    return "unknown " + field;
  }
}
