package dev.lambdaconfig.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says which requests a fault hits, and then which fault it is. Without more, it hits the next
 * matching request once. What {@code then…} methods return can be asked how often it has hit.
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

  /** 429, as Lambda throttles. */
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

  /** 400, as the front end throttles. */
  public FaultRule thenThrottleAtTheFrontEnd() {
    return thenAnswer(400, "ThrottlingException", "Rate exceeded");
  }

  /** 409, as when two writes arrive together. */
  public FaultRule thenConflict() {
    return thenAnswer(
        409,
        "ResourceConflictException",
        "The function could not be updated due to a concurrent update operation.");
  }

  /** Something happens when the request has left its sender and before it is dealt with. */
  public FaultRule thenMeanwhile(Runnable event) {
    return then(new Fault.Meanwhile(event));
  }

  /** Real time passes, whatever clock the simulator has; the request is then dealt with. */
  public FaultRule thenDelay(Duration time) {
    return then(new Fault.Delay(time));
  }

  public FaultRule thenCutBeforeApplying() {
    return then(new Fault.CutBeforeApplying());
  }

  /** The caller cannot know that its write was carried out. */
  public FaultRule thenCutAfterApplying() {
    return then(new Fault.CutAfterApplying());
  }

  /** No answer until {@link Faults#release} or the end of the simulator; nothing is applied. */
  public FaultRule thenHang() {
    return then(new Fault.Hang());
  }

  /** Answers 200 but does not take these members: {@code "Layers"}, {@code "VpcConfig.X"}. */
  public FaultRule thenDropMembers(String... members) {
    return then(new Fault.DropMembers(Set.of(members)));
  }

  /** ListFunctions answers 200 but does not show these functions, as while a list changes. */
  public FaultRule thenLeaveOut(String... functionNames) {
    return then(new Fault.LeaveOut(Set.of(functionNames)));
  }

  /** The update is accepted and ends as LastUpdateStatus Failed, showing the values asked for. */
  public FaultRule thenFailUpdate(String reason, String reasonCode) {
    return then(new Fault.EndFailed(new UpdateEffects.Failure(reason, reasonCode, false)));
  }

  /** As {@link #thenFailUpdate}, but shows the values of before once it has failed. */
  public FaultRule thenFailUpdateAndRestore(String reason, String reasonCode) {
    return then(new Fault.EndFailed(new UpdateEffects.Failure(reason, reasonCode, true)));
  }

  /** The update stays InProgress until {@link SimulatedRegion#settle}. */
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
