/**
 * The command line itself: the program's entry point, its commands, and the environment variables
 * that stand for options.
 *
 * <p>A new command gets one line here and a room of its own below; how it works is not known here.
 */
@NullMarked
package dev.lambdaconfig.cli;

import org.jspecify.annotations.NullMarked;
