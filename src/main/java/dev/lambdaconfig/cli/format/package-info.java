/**
 * Forms of output that several commands write: XML, the workflow commands of GitHub Actions, and
 * what a terminal shows.
 *
 * <p>Texts of others come here with their control characters escaped already.
 */
@NullMarked
package dev.lambdaconfig.cli.format;

import org.jspecify.annotations.NullMarked;
