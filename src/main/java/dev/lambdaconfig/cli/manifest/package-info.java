/**
 * The manifests that are given to commands by files, directories and standard input: read once,
 * with the position of each value, and whatever is wrong with them as a value.
 *
 * <p>Used by the commands that read manifests. Knows neither the schema nor AWS nor a cluster.
 */
@NullMarked
package dev.lambdaconfig.cli.manifest;

import org.jspecify.annotations.NullMarked;
