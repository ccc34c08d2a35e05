package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A handler of requests: it reads a call, applies faults, answers it and logs it. */
abstract class ApiHandler implements HttpHandler {

  private final Faults faults;
  private final RequestLog log;
  private final InstantSource clock;

  ApiHandler(Faults faults, RequestLog log, InstantSource clock) {
    this.faults = faults;
    this.log = log;
    this.clock = clock;
  }

  abstract ApiCall read(HttpExchange exchange) throws IOException;

  /** Carries out a call that no fault keeps from it. */
  abstract Answer perform(ApiCall call, UpdateEffects effects, List<String> unknownMembers);

  abstract void send(HttpExchange exchange, Answer answer) throws IOException;

  @Override
  public final void handle(HttpExchange exchange) throws IOException {
    // Closing without an answer is what cuts the connection.
    try (exchange) {
      Instant at = clock.instant();
      ApiCall call = read(exchange);
      Map<Fault.Slot, Fault> hitting = faults.hitting(call);
      if (hitting.get(Fault.Slot.BEFORE) instanceof Fault.Meanwhile meanwhile) {
        meanwhile.event().run();
      }
      if (hitting.get(Fault.Slot.DELAY) instanceof Fault.Delay delay) {
        Thread.sleep(delay.time());
      }
      List<String> unknownMembers = new ArrayList<>();
      Answer answer = answer(call, hitting, unknownMembers);
      boolean applied = answer != null && answer.errorCode() == null;
      Fault fault = hitting.get(Fault.Slot.ANSWER);
      Answer sent = fault instanceof Fault.CutAfterApplying ? null : answer;
      String requestId = UUID.randomUUID().toString();
      exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
      log.add(logged(at, call, unknownMembers, sent, applied, requestId));
      if (fault instanceof Fault.Hang) {
        faults.hang();
      }
      if (sent != null) {
        send(exchange, sent);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The answer, or null if nothing was applied. */
  private @Nullable Answer answer(
      ApiCall call, Map<Fault.Slot, Fault> hitting, List<String> unknownMembers) {
    ApiError throttle = faults.overRate(call);
    if (throttle != null) {
      return Answer.of(throttle);
    }
    Fault fault = hitting.get(Fault.Slot.ANSWER);
    if (fault instanceof Fault.CutBeforeApplying || fault instanceof Fault.Hang) {
      return null;
    }
    if (fault instanceof Fault.Refuse refuse) {
      return Answer.of(
          new ApiError(refuse.status(), refuse.code(), refuse.message(), refuse.headers()));
    }
    Fault effect = hitting.get(Fault.Slot.EFFECT);
    try {
      Answer answer =
          perform(call, effect == null ? UpdateEffects.NONE : effect.effects(), unknownMembers);
      if (effect instanceof Fault.LeaveOut(Set<String> functionNames)) {
        leaveOut(answer, functionNames);
      }
      return fault instanceof Fault.Alter(UnaryOperator<JsonNode> change) && answer.body() != null
          ? Answer.of(answer.status(), change.apply(answer.body().deepCopy()))
          : answer;
    } catch (ApiError error) {
      return Answer.of(error);
    } catch (RuntimeException e) {
      // A mistake of the simulator must be seen in the test that meets it.
      return Answer.of(new ApiError(500, "ServiceException", "Simulator: " + e));
    }
  }

  private static void leaveOut(Answer page, Set<String> functionNames) {
    if (page.body() != null && page.body().get("Functions") instanceof ArrayNode listed) {
      for (Iterator<JsonNode> entries = listed.iterator(); entries.hasNext(); ) {
        if (functionNames.contains(entries.next().path("FunctionName").asText())) {
          entries.remove();
        }
      }
    }
  }

  private static LoggedRequest logged(
      Instant at,
      ApiCall call,
      List<String> unknownMembers,
      @Nullable Answer answer,
      boolean applied,
      String requestId) {
    return new LoggedRequest(
        at,
        call.operation(),
        call.functionName(),
        call.account(),
        call.region(),
        call.accessKeyId(),
        call.body(),
        List.copyOf(unknownMembers),
        answer == null ? 0 : answer.status(),
        answer == null ? null : answer.errorCode(),
        applied,
        call.userAgent(),
        requestId);
  }
}
