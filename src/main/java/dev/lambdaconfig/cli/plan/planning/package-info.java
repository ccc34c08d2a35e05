/**
 * The plans of manifests, made as the operator makes its own: the same checks in the same order,
 * the same settings, the same decision.
 *
 * <p>It sends nothing, and knows neither files nor formats.
 */
@NullMarked
package dev.lambdaconfig.cli.plan.planning;

import org.jspecify.annotations.NullMarked;
