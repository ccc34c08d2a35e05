/**
 * The days on which AWS ends the support of runtimes, for the commands that warn of them. Nothing
 * is refused on their strength: AWS moves its dates.
 */
@NullMarked
package dev.lambdaconfig.cli.runtimes;

import org.jspecify.annotations.NullMarked;
