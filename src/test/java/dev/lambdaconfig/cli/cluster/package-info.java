/** The tests of what commands read of a cluster. */
@NullMarked
package dev.lambdaconfig.cli.cluster;

import org.jspecify.annotations.NullMarked;
