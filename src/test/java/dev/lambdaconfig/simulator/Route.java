package dev.lambdaconfig.simulator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operation of a method and a path, and the function that the path names. */
record Route(String operation, @Nullable String target) {

  static final String UNKNOWN = "Unknown";

  static Route of(String method, URI uri) {
    List<String> segments =
        Stream.of(uri.getRawPath().split("/", -1))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    if (segments.size() < 2) {
      return new Route(UNKNOWN, null);
    }
    String target = segments.size() > 2 ? segments.get(2) : null;
    String pattern =
        method
            + " "
            + segments.get(1)
            + (target == null ? "" : "/*")
            + (segments.size() > 3 ? "/" + segments.get(3) : "");
    return new Route(operation(pattern), target);
  }

  private static String operation(String pattern) {
    return switch (pattern) {
      case "POST functions" -> "CreateFunction";
      case "GET functions" -> "ListFunctions";
      case "GET functions/*" -> "GetFunction";
      case "DELETE functions/*" -> "DeleteFunction";
      case "GET functions/*/configuration" -> "GetFunctionConfiguration";
      case "PUT functions/*/configuration" -> "UpdateFunctionConfiguration";
      case "GET functions/*/concurrency" -> "GetFunctionConcurrency";
      case "GET functions/*/code-signing-config" -> "GetFunctionCodeSigningConfig";
      case "GET functions/*/event-invoke-config" -> "GetFunctionEventInvokeConfig";
      case "PUT functions/*/code" -> "UpdateFunctionCode";
      case "POST functions/*/versions" -> "PublishVersion";
      case "POST functions/*/aliases" -> "CreateAlias";
      case "POST functions/*/policy" -> "AddPermission";
      case "DELETE functions/*/policy" -> "RemovePermission";
      case "GET tags/*" -> "ListTags";
      case "POST tags/*" -> "TagResource";
      case "DELETE tags/*" -> "UntagResource";
      default -> UNKNOWN;
    };
  }

  static Map<String, List<String>> query(URI uri) {
    Map<String, List<String>> parameters = new HashMap<>();
    String query = uri.getRawQuery();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters
          .computeIfAbsent(
              URLDecoder.decode(name, StandardCharsets.UTF_8), any -> new ArrayList<>())
          .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
