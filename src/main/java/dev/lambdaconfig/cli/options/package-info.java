/**
 * The options of the commands: their names, their defaults, and what is wrong with a value.
 *
 * <p>An option is declared and checked here, with nothing but its text at hand: no Kubernetes, no
 * AWS, no file. What it is used for belongs to the command.
 */
@NullMarked
package dev.lambdaconfig.cli.options;

import org.jspecify.annotations.NullMarked;
