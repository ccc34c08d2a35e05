/**
 * The formats of a plan: for people, for CI systems, and for programs.
 *
 * <p>Names, values and messages in a plan are somebody else's words. Each format says them without
 * letting them say anything in the format itself.
 */
@NullMarked
package dev.lambdaconfig.cli.plan.output;

import org.jspecify.annotations.NullMarked;
