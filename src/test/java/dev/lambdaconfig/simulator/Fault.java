package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A fault of a request. One fault of each slot can hit the same request. */
sealed interface Fault {

  enum Slot {
    BEFORE,
    DELAY,
    ANSWER,
    EFFECT
  }

  record Meanwhile(Runnable event) implements Fault {}

  record Delay(Duration time) implements Fault {}

  record Refuse(int status, String code, @Nullable String message, Map<String, String> headers)
      implements Fault {}

  record CutBeforeApplying() implements Fault {}

  record CutAfterApplying() implements Fault {}

  /** Carries out the request, and changes the body of the answer. */
  record Alter(UnaryOperator<JsonNode> change) implements Fault {}

  record Hang() implements Fault {}

  record DropMembers(Set<String> members) implements Fault {}

  /** Leaves functions out of a list. */
  record LeaveOut(Set<String> functionNames) implements Fault {}

  record EndFailed(UpdateEffects.Failure failure) implements Fault {}

  record Hold() implements Fault {}

  record SettleAtOnce() implements Fault {}

  default Slot slot() {
    return switch (this) {
      case Meanwhile meanwhile -> Slot.BEFORE;
      case Delay delay -> Slot.DELAY;
      case Refuse refuse -> Slot.ANSWER;
      case CutBeforeApplying cut -> Slot.ANSWER;
      case CutAfterApplying cut -> Slot.ANSWER;
      case Alter alter -> Slot.ANSWER;
      case Hang hang -> Slot.ANSWER;
      case DropMembers drop -> Slot.EFFECT;
      case LeaveOut leaveOut -> Slot.EFFECT;
      case EndFailed failed -> Slot.EFFECT;
      case Hold hold -> Slot.EFFECT;
      case SettleAtOnce settle -> Slot.EFFECT;
    };
  }

  default UpdateEffects effects() {
    return switch (this) {
      case DropMembers drop -> new UpdateEffects(drop.members(), null, false, false);
      case EndFailed failed -> new UpdateEffects(Set.of(), failed.failure(), false, false);
      case Hold hold -> new UpdateEffects(Set.of(), null, true, false);
      case SettleAtOnce settle -> UpdateEffects.AT_ONCE;
      default -> UpdateEffects.NONE;
    };
  }
}
