/**
 * Forms that several commands read and write: the names of namespaces, XML, the workflow commands
 * of GitHub Actions, what a terminal shows and in which colours, and somebody else's words on one
 * line.
 */
@NullMarked
package dev.lambdaconfig.cli.format;

import org.jspecify.annotations.NullMarked;
