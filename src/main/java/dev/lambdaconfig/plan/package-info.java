/**
 * The difference between what a spec wants and what AWS described, and the smallest request that
 * closes it: the check of a spec, its settings, the plan, and the baseline that a function had
 * before.
 *
 * <p>A spec and a function come in. Nothing here knows what happened before, what time it is or
 * what is to be done now, so that a command can plan without a controller: those are in {@code
 * decision}, which this package must not use.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.plan;

import org.jspecify.annotations.NullMarked;
