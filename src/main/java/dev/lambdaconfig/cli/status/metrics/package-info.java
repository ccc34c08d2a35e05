/**
 * The metrics of operators: read within bounds of size and time, and parsed from the text format of
 * Prometheus.
 *
 * <p>An address can answer anything. Nothing here knows resources.
 */
@NullMarked
package dev.lambdaconfig.cli.status.metrics;

import org.jspecify.annotations.NullMarked;
