/**
 * The sources of time and randomness, as one value that is passed to whatever needs them; delays,
 * and work that is repeated.
 *
 * <p>Knows no other package. The pure packages take instants and numbers as arguments instead.
 */
@NullMarked
package dev.lambdaconfig.timing;

import org.jspecify.annotations.NullMarked;
