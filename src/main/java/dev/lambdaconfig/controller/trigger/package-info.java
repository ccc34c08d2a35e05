/**
 * The triggers of reconciles: changes of functions and of other resources, grants of the rate
 * limiter, and the timer; and for how long reconciles wait and run.
 *
 * <p>Says that a resource is to be reconciled, never what with. Events that the framework brings by
 * itself only pass the filter.
 */
@NullMarked
package dev.lambdaconfig.controller.trigger;

import org.jspecify.annotations.NullMarked;
