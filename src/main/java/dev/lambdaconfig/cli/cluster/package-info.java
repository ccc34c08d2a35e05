/**
 * The cluster that commands for people read: which one, with whose rights, and what is wrong with
 * it.
 */
@NullMarked
package dev.lambdaconfig.cli.cluster;

import org.jspecify.annotations.NullMarked;
