/**
 * The sizes of whatever grows with the work of the process, as each class that has such collections
 * reports them for {@code /debug/state}.
 *
 * <p>Knows no other package, and nothing of resources, accounts or values: a size has the name of a
 * field of the code.
 */
@NullMarked
package dev.lambdaconfig.debug;

import org.jspecify.annotations.NullMarked;
