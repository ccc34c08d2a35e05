/**
 * The command {@code run}: puts the operator together, starts it, and stops it.
 *
 * <p>Wiring only: clients, threads, the Lease and the management port are made here and given to
 * those that use them. A rule that decides something about a resource or a call belongs to {@code
 * controller} or {@code aws}.
 */
@NullMarked
package dev.lambdaconfig.cli.run;

import org.jspecify.annotations.NullMarked;
