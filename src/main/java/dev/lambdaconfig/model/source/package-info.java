/**
 * The vocabulary of the Secrets and ConfigMaps behind environment values: how a manifest names one,
 * and what a read of it showed.
 *
 * <p>Whatever is read of them is secret: no {@code toString} prints a value. Pure: no clock, no
 * I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.model.source;

import org.jspecify.annotations.NullMarked;
