/**
 * The calls to Lambda that one reconcile makes: the observation of a function, and at most one
 * guarded update of it.
 *
 * <p>Each call is within the rate limit, and none is repeated here: what failed is decided on by
 * the pure decision, and comes back with the next reconcile.
 */
@NullMarked
package dev.lambdaconfig.controller.update;

import org.jspecify.annotations.NullMarked;
