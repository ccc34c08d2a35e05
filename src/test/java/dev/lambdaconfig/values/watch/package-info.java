/** Tests of the lists and watches of metadata, on the real API server where its answers matter. */
@NullMarked
package dev.lambdaconfig.values.watch;

import org.jspecify.annotations.NullMarked;
