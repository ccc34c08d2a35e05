/**
 * The decision what to do now about a function: from the plan, AWS's answer and what is known of
 * the past. The time and a random number are arguments, and each decision that ends a reconcile
 * says when the next one is due.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify. What is decided is carried out by
 * {@code controller}, and reported by {@code status}.
 */
@NullMarked
package dev.lambdaconfig.decision;

import org.jspecify.annotations.NullMarked;
