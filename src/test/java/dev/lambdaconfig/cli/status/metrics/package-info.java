/** The tests of the metrics that operators tell. */
@NullMarked
package dev.lambdaconfig.cli.status.metrics;

import org.jspecify.annotations.NullMarked;
