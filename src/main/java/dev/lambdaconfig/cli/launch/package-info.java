/**
 * The process around the operator: the launcher beside the jar, and the rehearsal from which the
 * JVM makes its AOT cache.
 *
 * <p>It knows the command line of the operator, and nothing of what the operator does; what serves
 * the running operator belongs to {@code cli.run}.
 */
@NullMarked
package dev.lambdaconfig.cli.launch;

import org.jspecify.annotations.NullMarked;
