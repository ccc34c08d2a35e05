/**
 * Reads of functions for commands that change nothing.
 *
 * <p>There is no way from here to a write: the port has none, and neither has its adapter. The
 * calls are within the same quotas as the operator's.
 */
@NullMarked
package dev.lambdaconfig.aws.read;

import org.jspecify.annotations.NullMarked;
