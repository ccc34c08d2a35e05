/** The command line: options, start-up checks, and putting the operator together. */
@NullMarked
package dev.lambdaconfig.cli;

import org.jspecify.annotations.NullMarked;
