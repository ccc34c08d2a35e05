/**
 * What to do about a function: the field table, the difference between what a manifest wants and
 * what AWS described, the smallest request that closes it, and the decision what to do now.
 *
 * <p>{@link dev.lambdaconfig.plan.FieldTable} is the heart: a new Lambda setting is one row there
 * and its schema in {@code api}; difference, request, clearing and redaction follow from the row.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify. Time and randomness are
 * arguments.
 */
@NullMarked
package dev.lambdaconfig.plan;

import org.jspecify.annotations.NullMarked;
