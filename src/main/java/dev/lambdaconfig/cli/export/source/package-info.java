/**
 * The contract between {@code export} and its sources of functions.
 *
 * <p>A source knows where functions are described; what becomes of them is the receiver's.
 */
@NullMarked
package dev.lambdaconfig.cli.export.source;

import org.jspecify.annotations.NullMarked;
