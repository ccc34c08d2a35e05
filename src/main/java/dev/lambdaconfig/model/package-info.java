/**
 * The vocabulary: values in the shape of the Lambda API, the settings of a manifest (managed,
 * cleared, unmanaged), and the function as AWS described it, with its revision and life cycle.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.model;

import org.jspecify.annotations.NullMarked;
