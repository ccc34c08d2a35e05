/**
 * The metrics: meters that record what happens, and gauges that read the state at each scrape.
 *
 * <p>It listens and reads; it decides nothing, and no other package waits for it. Labels are words
 * of this operator and of AWS's API, and Regions, whose number {@link
 * dev.lambdaconfig.ops.metrics.RegionLabels} bounds; never a resource, a namespace, an account or a
 * value.
 */
@NullMarked
package dev.lambdaconfig.ops.metrics;

import org.jspecify.annotations.NullMarked;
