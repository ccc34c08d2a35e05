package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a fault: first the requests that it hits, then the fault itself. By default it hits
 * the next matching request once. The rule that a {@code then…} method returns counts its hits.
 */
public final class FaultScript {

  private final Function<FaultRule, FaultRule> registration;
  private Predicate<ApiCall> condition;
  private int times = 1;

  FaultScript(Predicate<ApiCall> condition, Function<FaultRule, FaultRule> registration) {
    this.condition = condition;
    this.registration = registration;
  }

  public FaultScript of(String functionName) {
    return when(call -> functionName.equals(call.functionName()));
  }

  public FaultScript in(String region) {
    return when(call -> region.equals(call.region()));
  }

  public FaultScript when(Predicate<ApiCall> also) {
    condition = condition.and(also);
    return this;
  }

  public FaultScript times(int count) {
    times = count;
    return this;
  }

  public FaultScript always() {
    return times(Integer.MAX_VALUE);
  }

  public FaultRule thenAnswer(int status, String code, @Nullable String message) {
    return thenAnswer(status, code, message, Map.of());
  }

  public FaultRule thenAnswer(
      int status, String code, @Nullable String message, Map<String, String> headers) {
    return then(new Fault.Refuse(status, code, message, headers));
  }

  /** Answers 429, as Lambda throttles (docs/aws.md#throttled). */
  public FaultRule thenThrottle() {
    return thenAnswer(429, "TooManyRequestsException", "Rate exceeded");
  }

  public FaultRule thenThrottle(Duration retryAfter) {
    return thenAnswer(
        429,
        "TooManyRequestsException",
        "Rate exceeded",
        Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** Answers 400, as the front end throttles (docs/aws.md#throttled). */
  public FaultRule thenThrottleAtTheFrontEnd() {
    return thenAnswer(400, "ThrottlingException", "Rate exceeded");
  }

  /** Answers 409, as when two writes arrive together (docs/aws.md#update-in-progress). */
  public FaultRule thenConflict() {
    return thenAnswer(
        409,
        "ResourceConflictException",
        "The function could not be updated due to a concurrent update operation.");
  }

  /** Runs something after the request was sent and before it is processed. */
  public FaultRule thenMeanwhile(Runnable event) {
    return then(new Fault.Meanwhile(event));
  }

  /** Processes the request after a delay in real time, whatever the simulator's clock. */
  public FaultRule thenDelay(Duration time) {
    return then(new Fault.Delay(time));
  }

  public FaultRule thenCutBeforeApplying() {
    return then(new Fault.CutBeforeApplying());
  }

  /**
   * Carries out the request and closes the connection without an answer (docs/aws.md#lost-answer).
   */
  public FaultRule thenCutAfterApplying() {
    return then(new Fault.CutAfterApplying());
  }

  /** Carries out the request and answers an empty object instead. */
  public FaultRule thenAnswerNothing() {
    return thenAlterAnswer(answer -> JsonNodeFactory.instance.objectNode());
  }

  /** Carries out the request and changes its answer. */
  public FaultRule thenAlterAnswer(UnaryOperator<JsonNode> change) {
    return then(new Fault.Alter(change));
  }

  /**
   * Gives no answer until {@link Faults#release} or the end of the simulator; nothing is applied.
   */
  public FaultRule thenHang() {
    return then(new Fault.Hang());
  }

  /** Answers 200 but does not apply these members: {@code "Layers"}, {@code "VpcConfig.X"}. */
  public FaultRule thenDropMembers(String... members) {
    return then(new Fault.DropMembers(Set.of(members)));
  }

  /** Leaves these functions out of a list, as while the list changes (docs/aws.md#list-lags). */
  public FaultRule thenLeaveOut(String... functionNames) {
    return then(new Fault.LeaveOut(Set.of(functionNames)));
  }

  /**
   * Accepts the update, which then fails and shows the values of the request
   * (docs/aws.md#failed-update).
   */
  public FaultRule thenFailUpdate(String reason, String reasonCode) {
    return then(new Fault.EndFailed(new UpdateEffects.Failure(reason, reasonCode, false)));
  }

  /**
   * Accepts the update, which then fails and shows the values of before it
   * (docs/aws.md#failed-update).
   */
  public FaultRule thenFailUpdateAndRestore(String reason, String reasonCode) {
    return then(new Fault.EndFailed(new UpdateEffects.Failure(reason, reasonCode, true)));
  }

  /** Accepts the update, which stays InProgress until {@link SimulatedRegion#settle}. */
  public FaultRule thenHoldUpdate() {
    return then(new Fault.Hold());
  }

  public FaultRule thenSettleAtOnce() {
    return then(new Fault.SettleAtOnce());
  }

  private FaultRule then(Fault fault) {
    return registration.apply(new FaultRule(condition, fault, times));
  }
}
