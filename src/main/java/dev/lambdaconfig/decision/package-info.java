/**
 * The decision on a function: from the plan, AWS's answer and what is known of the past. The time
 * and a random number are arguments, and each decision that ends a reconcile says when the next one
 * is due.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify. {@code controller} carries out a
 * decision, and {@code status} reports it.
 */
@NullMarked
package dev.lambdaconfig.decision;

import org.jspecify.annotations.NullMarked;
