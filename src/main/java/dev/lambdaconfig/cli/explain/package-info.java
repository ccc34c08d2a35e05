/**
 * The command {@code explain}: what is so with one resource, why, since when, what was tried, what
 * happens next and what to do. It reads the resource from the API server, and asks AWS nothing.
 *
 * <p>The meaning of each reason stands in {@code reasons.tsv}, once for this command and for the
 * documentation.
 */
@NullMarked
package dev.lambdaconfig.cli.explain;

import org.jspecify.annotations.NullMarked;
