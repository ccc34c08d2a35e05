package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a script wants to go differently with one update that is otherwise accepted. */
record UpdateEffects(
    Set<String> dropped, @Nullable Failure failure, boolean held, boolean settledAtOnce) {

  static final UpdateEffects NONE = new UpdateEffects(Set.of(), null, false, false);
  static final UpdateEffects AT_ONCE = new UpdateEffects(Set.of(), null, false, true);

  record Failure(String reason, String reasonCode, boolean showsOldValues) {}

  /** The request as this endpoint hears it; a dropped member may be {@code Outer.Inner}. */
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
