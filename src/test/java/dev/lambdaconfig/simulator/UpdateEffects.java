package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The deviations that a fault causes in one accepted update. */
record UpdateEffects(
    Set<String> dropped, @Nullable Failure failure, boolean held, boolean settledAtOnce) {

  static final UpdateEffects NONE = new UpdateEffects(Set.of(), null, false, false);
  static final UpdateEffects AT_ONCE = new UpdateEffects(Set.of(), null, false, true);

  record Failure(String reason, String reasonCode, boolean showsOldValues) {}

  /** The request without the dropped members; a name may be {@code Outer.Inner}. */
  JsonNode heard(JsonNode request) {
    if (dropped.isEmpty()) {
      return request;
    }
    ObjectNode heard = request.deepCopy();
    for (String member : dropped) {
      int dot = member.indexOf('.');
      if (dot < 0) {
        heard.remove(member);
      } else if (heard.get(member.substring(0, dot)) instanceof ObjectNode outer) {
        outer.remove(member.substring(dot + 1));
      }
    }
    return heard;
  }
}
