/**
 * Forms of output that several commands write: XML, the workflow commands of GitHub Actions, what a
 * terminal shows, and somebody else's words on one line.
 */
@NullMarked
package dev.lambdaconfig.cli.format;

import org.jspecify.annotations.NullMarked;
