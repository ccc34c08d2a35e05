/**
 * The values that a reconcile folds over, and what this process keeps of a resource between two of
 * them.
 *
 * <p>What came in is a {@code Reconciliation}, what was learned is a {@code Step}, and an act makes
 * a {@code Verdict} of the two. What only the reconcile of one resource needs is a field of {@code
 * ResourceState}; indexes over many resources live with whoever needs them. No calls, no clocks.
 */
@NullMarked
package dev.lambdaconfig.controller.state;

import org.jspecify.annotations.NullMarked;
