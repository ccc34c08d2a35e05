/**
 * The output of {@code export}: a directory with a file for each function, or one stream.
 *
 * <p>A file appears whole or not at all, and one that exists with another content is a person's
 * until they say otherwise. Knows texts and names, nothing of functions.
 */
@NullMarked
package dev.lambdaconfig.cli.export.output;

import org.jspecify.annotations.NullMarked;
