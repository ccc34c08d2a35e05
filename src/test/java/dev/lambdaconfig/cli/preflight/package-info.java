/** The checks before a start: what is needed, and what is said where it is missing. */
@NullMarked
package dev.lambdaconfig.cli.preflight;

import org.jspecify.annotations.NullMarked;
