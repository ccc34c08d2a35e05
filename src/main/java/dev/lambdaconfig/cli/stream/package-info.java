/**
 * The files and standard streams of commands: what is written is whole, or known not to be, with
 * the reason.
 */
@NullMarked
package dev.lambdaconfig.cli.stream;

import org.jspecify.annotations.NullMarked;
