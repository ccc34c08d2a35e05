package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a call, with the caller's account and Region, out of an HTTP request. */
final class CallReader {

  /** SigV4's credential scope. The signature itself is not checked. */
  private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/[0-9]{8}/([^/]+)/");

  private final AccountRegion home;
  private final Map<String, String> accountOfAccessKey;

  CallReader(AccountRegion home, Map<String, String> accountOfAccessKey) {
    this.home = home;
    this.accountOfAccessKey = accountOfAccessKey;
  }

  /** Reads a body: null if there is none, and an empty text node if it is not JSON. */
  ApiCall read(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Route route = Route.of(exchange.getRequestMethod(), uri);
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body = sent.length == 0 ? null : parsed(sent);
    String target = route.target();
    if (route.operation().equals("CreateFunction") && body != null) {
      JsonNode name = body.path("FunctionName");
      target = name.isTextual() ? name.asText() : null;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
    boolean signed = scope.find();
    String accessKey = signed ? scope.group(1) : null;
    return new ApiCall(
        route.operation(),
        nameIn(target),
        target,
        accessKey == null
            ? home.account()
            : accountOfAccessKey.getOrDefault(accessKey, home.account()),
        signed ? scope.group(2) : home.region(),
        accessKey,
        Route.query(uri),
        body,
        exchange.getRequestHeaders().getFirst("User-Agent"));
  }

  private static JsonNode parsed(byte[] sent) {
    try {
      return Json.read(sent);
    } catch (IOException e) {
      return Json.valueOf("");
    }
  }

  private static @Nullable String nameIn(@Nullable String target) {
    if (target == null || !FunctionReference.violations(target).isEmpty()) {
      return target;
    }
    return FunctionReference.parse(target).name();
  }
}
