/**
 * The content of a plan: for each manifest whether its function would be updated, and how.
 *
 * <p>Values only. Whatever is secret is left out here, so that no output can print it.
 */
@NullMarked
package dev.lambdaconfig.cli.plan.report;

import org.jspecify.annotations.NullMarked;
