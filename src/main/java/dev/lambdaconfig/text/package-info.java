/**
 * The comparison of words, and texts of whole characters.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.text;

import org.jspecify.annotations.NullMarked;
