/**
 * What stops a bad change before it has reached the whole fleet: circuit breakers and the limit of
 * updates under way, by account and Region and by namespace.
 *
 * <p>Learns from updates that end, and is asked before one is sent. It neither reads nor sends, and
 * waits for nothing.
 */
@NullMarked
package dev.lambdaconfig.controller.rollout;

import org.jspecify.annotations.NullMarked;
