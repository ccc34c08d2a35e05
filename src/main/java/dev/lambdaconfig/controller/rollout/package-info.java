/**
 * Stops a bad change before it has reached the whole fleet: the circuit breakers and the limit of
 * updates under way, as gates of the workflow.
 *
 * <p>They learn from updates that end, and are asked before one is sent. They neither read nor
 * send, and wait for nothing.
 */
@NullMarked
package dev.lambdaconfig.controller.rollout;

import org.jspecify.annotations.NullMarked;
