/**
 * The difference between a spec and a function as AWS described it, and the smallest request that
 * closes it: the check of a spec, its settings, the plan, and the baseline of a function.
 *
 * <p>A spec and a function come in. Nothing here knows the past, the time or the next step, so that
 * a command can plan without a controller: those are in {@code decision}, which this package must
 * not use.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.plan;

import org.jspecify.annotations.NullMarked;
