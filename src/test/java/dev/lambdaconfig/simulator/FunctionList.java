package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ListFunctions with pages of at most 50 functions, whatever the request asks for
 * (docs/aws.md#list-page).
 */
final class FunctionList {

  private static final int LARGEST_PAGE = 50;

  /** The start of the next page, which may be between two entries of one function. */
  private record Marker(String name, int entry) {

    static Marker read(String opaque) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(opaque), StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        return new Marker(text.substring(space + 1), Integer.parseInt(text.substring(0, space)));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw ApiError.invalidParameter("Invalid pagination token");
      }
    }

    String opaque() {
      byte[] text = (entry + " " + name).getBytes(StandardCharsets.UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
  }

  private final Regions regions;
  private final Dialect dialect;

  FunctionList(Regions regions, Dialect dialect) {
    this.regions = regions;
    this.dialect = dialect;
  }

  Answer page(ApiCall call) {
    List<String> violations = new ArrayList<>();
    String version = call.parameter("FunctionVersion");
    if (version != null && !version.equals("ALL")) {
      violations.add(
          "Value '"
              + version
              + "' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum"
              + " value set: [ALL]");
    }
    int size = pageSize(call.parameter("MaxItems"), violations);
    if (!violations.isEmpty()) {
      throw ApiError.validation(violations);
    }
    String sent = call.parameter("Marker");
    Marker start = sent == null || sent.isEmpty() ? null : Marker.read(sent);
    return Answer.of(200, page(regions.in(call.accountRegion()), start, size, version != null));
  }

  private ObjectNode page(
      SimulatedRegion region, @Nullable Marker start, int size, boolean allVersions) {
    ObjectNode body = Json.object();
    ArrayNode page = body.putArray("Functions");
    for (SimulatedFunction function : region.from(start == null ? null : start.name())) {
      List<ObjectNode> entries = function.listed(allVersions);
      int first = start != null && start.name().equals(function.name()) ? start.entry() : 0;
      for (int entry = first; entry < entries.size(); entry++) {
        if (page.size() == size) {
          return body.put("NextMarker", new Marker(function.name(), entry).opaque());
        }
        page.add(dialect.spoken(entries.get(entry)));
      }
    }
    return body;
  }

  private static int pageSize(@Nullable String maxItems, List<String> violations) {
    if (maxItems == null) {
      return LARGEST_PAGE;
    }
    int asked;
    try {
      asked = Integer.parseInt(maxItems);
    } catch (NumberFormatException e) {
      throw ApiError.unreadable("STRING_VALUE can not be converted to an Integer");
    }
    if (asked < 1 || asked > 10000) {
      violations.add(
          "Value '"
              + maxItems
              + "' at 'maxItems' failed to satisfy constraint: Member must have value "
              + (asked < 1 ? "greater than or equal to 1" : "less than or equal to 10000"));
    }
    return Math.min(asked, LARGEST_PAGE);
  }
}
