/**
 * The command {@code plan}: what the operator would change, without a cluster and without a write.
 *
 * <p>It reads manifests and functions, has the plans made below it, and prints them.
 */
@NullMarked
package dev.lambdaconfig.cli.plan;

import org.jspecify.annotations.NullMarked;
