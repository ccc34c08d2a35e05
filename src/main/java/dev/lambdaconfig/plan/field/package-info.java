/**
 * The field table: one row for each setting of a function, with its place in the spec and in AWS's
 * answer, the comparison of its values, AWS's default, and the request that clears it.
 *
 * <p>{@link dev.lambdaconfig.plan.field.FieldTable} is the heart of the operator: a new Lambda
 * setting is one row there and its schema in {@code api}; difference, request, clearing and
 * redaction follow from the row. Specs and functions come in, values go out; no plan, no decision.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.plan.field;

import org.jspecify.annotations.NullMarked;
