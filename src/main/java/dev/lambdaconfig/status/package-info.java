/**
 * The next status from the previous one, the decision and the time.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.status;

import org.jspecify.annotations.NullMarked;
