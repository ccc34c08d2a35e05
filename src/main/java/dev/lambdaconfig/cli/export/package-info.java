/**
 * The command {@code export}: writes manifests for functions that exist, so that an estate can be
 * adopted without a change.
 *
 * <p>A source describes functions ({@code estate}, {@code terraform}, {@code sam}), {@code
 * manifest} turns each into a text, {@code output} writes it. AWS is only read.
 */
@NullMarked
package dev.lambdaconfig.cli.export;

import org.jspecify.annotations.NullMarked;
