package dev.lambdaconfig.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Requests for people: environment values as ***, revisions shortened. */
final class RequestText {

  private static final String GUARD = "RevisionId";
  private static final int REVISION_SHOWN = 8;

  private RequestText() {}

  static String of(LoggedRequest request) {
    JsonNode body = request.body();
    if (!(body instanceof ObjectNode all)) {
      return request.operation();
    }
    ObjectNode guardLast = all.deepCopy();
    JsonNode guard = guardLast.remove(GUARD);
    if (guard != null) {
      guardLast.set(GUARD, guard);
    }
    return request.operation() + " " + member("", guardLast);
  }

  /** The names of the settings in it: all but the guard. */
  static Set<String> settings(LoggedRequest request) {
    Set<String> names = new TreeSet<>();
    JsonNode body = request.body();
    if (body != null) {
      body.fieldNames().forEachRemaining(names::add);
    }
    names.remove(GUARD);
    return names;
  }

  /** The value of a member; of the environment only the names of the variables. */
  static String member(String name, @Nullable JsonNode value) {
    if (value == null || value.isMissingNode() || value.isNull()) {
      return "(none)";
    }
    if (name.equals("Environment") && value.has("Error")) {
      return "(undecryptable)";
    }
    if (name.equals(GUARD)) {
      return revision(value.asText());
    }
    if (value.isObject()) {
      return value.properties().stream()
          .map(
              each ->
                  each.getKey()
                      + ": "
                      + (name.equals("Variables") ? "***" : member(each.getKey(), each.getValue())))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(each -> member("", each))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.asText();
  }

  static String revision(String revision) {
    return revision.length() <= REVISION_SHOWN
        ? revision
        : revision.substring(0, REVISION_SHOWN) + "…";
  }
}
