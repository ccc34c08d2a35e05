/**
 * The support of shells and scripts: completion and a version that can be parsed.
 *
 * <p>It reads the command line's own model, so that a new command or option needs no line here.
 */
@NullMarked
package dev.lambdaconfig.cli.shell;

import org.jspecify.annotations.NullMarked;
