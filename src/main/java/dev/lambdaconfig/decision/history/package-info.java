/**
 * What a decision knows of the past: the updates that the status records, which outlive the
 * process, and the state of retries, which does not; and what follows from both, such as a fight
 * over a field. Nothing here decides.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify. Instants are told by clocks that
 * may have been set since, and histories may have been written by anybody.
 */
@NullMarked
package dev.lambdaconfig.decision.history;

import org.jspecify.annotations.NullMarked;
