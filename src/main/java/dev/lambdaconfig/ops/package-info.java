/**
 * The operation of the process: the management port with probes and metrics, leadership, and the
 * size of the heap.
 *
 * <p>It knows nothing of what the operator does: health and metrics are passed to it as functions.
 * A meter belongs to {@code ops.metrics}.
 */
@NullMarked
package dev.lambdaconfig.ops;

import org.jspecify.annotations.NullMarked;
