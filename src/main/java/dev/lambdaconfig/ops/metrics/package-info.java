/**
 * The metrics: meters that are told of what happens, and gauges that look when they are read.
 *
 * <p>Labels are words of this operator and of AWS's API, and Regions, of which {@link
 * dev.lambdaconfig.ops.metrics.RegionLabels} bounds the number; never a resource, a namespace, an
 * account or a value.
 */
@NullMarked
package dev.lambdaconfig.ops.metrics;

import org.jspecify.annotations.NullMarked;
