package dev.lambdaconfig.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** The HTTP handler of Lambda. */
final class LambdaApi extends ApiHandler {

  private final CallReader reader;
  private final Operations operations;

  LambdaApi(
      CallReader reader,
      Operations operations,
      Faults faults,
      RequestLog log,
      InstantSource clock) {
    super(faults, log, clock);
    this.reader = reader;
    this.operations = operations;
  }

  @Override
  ApiCall read(HttpExchange exchange) throws IOException {
    return reader.read(exchange);
  }

  @Override
  Answer perform(ApiCall call, UpdateEffects effects, List<String> unknownMembers) {
    return operations.perform(call, effects, unknownMembers);
  }

  @Override
  void send(HttpExchange exchange, Answer answer) throws IOException {
    write(exchange, answer);
  }

  static void write(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (answer.errorCode() != null) {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.errorCode());
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (answer.body() == null) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    byte[] body = Json.bytes(answer.body());
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
