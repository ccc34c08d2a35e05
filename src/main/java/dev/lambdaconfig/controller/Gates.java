package dev.lambdaconfig.controller;

import dev.lambdaconfig.controller.state.Gate;
import java.util.List;

/**
 * All that can keep an update from being sent, in the order in which it is checked; {@code
 * ControllerModule} lists them, each with why it stands there. The order is behaviour: of two
 * obstacles the first one is reported.
 *
 * @param beforeRead checked before the function is read
 * @param afterDecision checked with each decision, whatever it is: by then AWS has answered
 * @param beforeUpdate checked before an update is announced
 */
record Gates(Gate beforeRead, Gate afterDecision, Gate beforeUpdate) {

  /** The gates of the three phases, each in its order. */
  Gates(List<Gate> beforeRead, List<Gate> afterDecision, List<Gate> beforeUpdate) {
    this(Gate.allOf(beforeRead), Gate.allOf(afterDecision), Gate.allOf(beforeUpdate));
  }
}
