package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The HTTP API by which a person changes a running simulator with curl.
 *
 * <pre>
 * GET    /_simulator/requests           what has been asked
 * DELETE /_simulator/requests           forget it, and count anew
 * GET    /_simulator/counts             how often each operation was asked for, and in vain
 * GET    /_simulator/values/MEMBER      how many functions, of all accounts, have which value of it
 * GET    /_simulator/functions/NAME     the function as it is, by its name or ARN
 * POST   /_simulator/functions/NAME     create it, or change it behind everybody's back
 * DELETE /_simulator/functions/NAME     delete it
 * POST   /_simulator/faults             {"operation", "function", "times", "status", "code", "message"}
 * DELETE /_simulator/faults             no more of them
 * </pre>
 */
final class AdminApi implements HttpHandler {

  static final String PATH = "/_simulator/";

  private static final Set<String> NAMED = Set.of("functions", "values");

  private final Regions regions;
  private final AccountRegion home;
  private final RequestLog log;
  private final Faults faults;

  AdminApi(Regions regions, AccountRegion home, RequestLog log, Faults faults) {
    this.regions = regions;
    this.home = home;
    this.log = log;
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answer =
            answer(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath().substring(PATH.length()),
                body.isBlank() ? "{}" : body);
      } catch (ApiError e) {
        answer = Answer.of(e);
      } catch (IllegalArgumentException e) {
        answer = Answer.of(ApiError.unreadable(String.valueOf(e.getMessage())));
      }
      LambdaApi.write(exchange, answer);
    }
  }

  private Answer answer(String method, String path, String body) {
    int slash = path.indexOf('/');
    String what = slash < 0 ? path : path.substring(0, slash);
    String name = slash < 0 ? "" : path.substring(slash + 1);
    if (NAMED.contains(what) == name.isEmpty()) {
      throw ApiError.notFound("Nothing here.");
    }
    return switch (method + " " + what) {
      case "GET requests" -> Answer.of(200, requests());
      case "DELETE requests" -> {
        log.clear();
        yield Answer.of(204, null);
      }
      case "GET counts" -> Answer.of(200, counts());
      case "GET values" -> Answer.of(200, values(name));
      case "GET functions" -> Answer.of(200, regionOf(name).function(bare(name)));
      case "POST functions" -> Answer.of(200, put(name, body));
      case "DELETE functions" -> {
        regionOf(name).deleteFunction(bare(name));
        yield Answer.of(204, null);
      }
      case "POST faults" -> {
        script(Json.parse(body));
        yield Answer.of(204, null);
      }
      case "DELETE faults" -> {
        faults.clear();
        yield Answer.of(204, null);
      }
      default -> throw ApiError.notFound("Nothing here.");
    };
  }

  private SimulatedRegion regionOf(String function) {
    FunctionReference reference = FunctionReference.parse(function);
    String account = reference.account();
    String region = reference.region();
    return regions.in(
        new AccountRegion(
            account == null ? home.account() : account, region == null ? home.region() : region));
  }

  private static String bare(String function) {
    return FunctionReference.parse(function).name();
  }

  private JsonNode put(String function, String body) {
    SimulatedRegion region = regionOf(function);
    String name = bare(function);
    if (region.exists(name)) {
      region.changeBehindTheBack(name, body);
    } else {
      boolean image = Json.parse(body).path("PackageType").asText().equals("Image");
      region.createFunction((image ? FunctionSeed.image(name) : FunctionSeed.zip(name)).with(body));
    }
    return region.function(name);
  }

  private void script(ObjectNode fault) {
    FaultScript script =
        fault.hasNonNull("operation")
            ? faults.on(fault.get("operation").asText())
            : faults.onAnything();
    if (fault.hasNonNull("function")) {
      script.of(fault.get("function").asText());
    }
    script
        .times(fault.path("times").asInt(1))
        .thenAnswer(
            fault.path("status").asInt(500),
            fault.path("code").asText("ServiceException"),
            fault.path("message").asText("An error occurred"));
  }

  private ObjectNode counts() {
    ObjectNode body = Json.object();
    log.counts()
        .forEach(
            (operation, count) -> {
              ObjectNode entry = body.putObject(operation);
              entry.put("requests", count.requests());
              entry.put("throttled", count.throttled());
              entry.put("failed", count.failed());
              entry.put("first", String.valueOf(count.first()));
            });
    return body;
  }

  private ObjectNode values(String member) {
    ObjectNode body = Json.object();
    for (SimulatedRegion region : regions.all()) {
      for (String value : region.values(member)) {
        body.put(value, body.path(value).asInt() + 1);
      }
    }
    return body;
  }

  private ObjectNode requests() {
    ObjectNode body = Json.object();
    ArrayNode requests = body.putArray("requests");
    for (LoggedRequest request : log.all()) {
      ObjectNode entry = requests.addObject();
      entry.put("at", request.at().toString());
      entry.put("operation", request.operation());
      entry.put("functionName", request.functionName());
      entry.put("region", request.region());
      entry.put("httpStatus", request.httpStatus());
      entry.put("errorCode", request.errorCode());
      entry.set("body", request.body());
    }
    return body;
  }
}
