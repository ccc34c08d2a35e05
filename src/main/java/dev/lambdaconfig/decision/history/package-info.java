/**
 * The past that a decision depends on: the updates that the status records, which outlive the
 * process, the state of retries, which does not, and what follows from both, such as contention for
 * a field. Nothing here decides.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify. Instants come from clocks that
 * may have been set since, and anybody may have written a history.
 */
@NullMarked
package dev.lambdaconfig.decision.history;

import org.jspecify.annotations.NullMarked;
