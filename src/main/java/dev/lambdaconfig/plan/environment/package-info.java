/**
 * The environment variables of a spec: what it refers to, and what they are with the values of the
 * Secrets and ConfigMaps at hand.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify. No {@code toString} prints a
 * value.
 */
@NullMarked
package dev.lambdaconfig.plan.environment;

import org.jspecify.annotations.NullMarked;
