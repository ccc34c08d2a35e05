package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a call, with the caller's account and Region, out of an HTTP request. */
final class CallReader {

  /** SigV4's credential scope. The signature itself is not checked. */
  private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/[0-9]{8}/([^/]+)/");

  private final AccountRegion home;
  private final UnaryOperator<@Nullable String> accountOfAccessKey;

  /** Reads calls; accounts of access keys come from a function, which answers null for others. */
  CallReader(AccountRegion home, UnaryOperator<@Nullable String> accountOfAccessKey) {
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
            : Objects.requireNonNullElse(accountOfAccessKey.apply(accessKey), home.account()),
        signed ? scope.group(2) : home.region(),
        accessKey,
        Route.query(uri),
        body,
        exchange.getRequestHeaders().getFirst("User-Agent"),
        exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"));
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

  /** The access key in a signature, or null where there is none. */
  static @Nullable String accessKey(@Nullable String authorization) {
    Matcher scope = SCOPE.matcher(authorization == null ? "" : authorization);
    return scope.find() ? scope.group(1) : null;
  }
}
