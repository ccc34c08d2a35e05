/**
 * The election of the operator that works: taking, renewing and releasing a Lease.
 *
 * <p>Durations are measured by steady clocks. The times in the Lease are those of whoever wrote
 * them, and are for people: no decision compares them with a clock of this machine.
 */
@NullMarked
package dev.lambdaconfig.ops.election;

import org.jspecify.annotations.NullMarked;
