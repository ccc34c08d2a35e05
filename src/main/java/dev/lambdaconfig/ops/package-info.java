/**
 * The operation of the process: the management port with probes and metrics, and the size of the
 * heap, and whether the API server is still trusted.
 *
 * <p>It knows nothing of what the operator does: health and metrics are passed to it as functions.
 * A meter belongs to {@code ops.metrics}, and the Lease to {@code ops.election}.
 */
@NullMarked
package dev.lambdaconfig.ops;

import org.jspecify.annotations.NullMarked;
