/**
 * The command {@code status}: a fleet at a glance.
 *
 * <p>Reads resources, and the metrics of operators that are named; writes nothing.
 */
@NullMarked
package dev.lambdaconfig.cli.status;

import org.jspecify.annotations.NullMarked;
