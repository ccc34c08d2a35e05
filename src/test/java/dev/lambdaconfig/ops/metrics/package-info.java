/** Tests of the package of the same name. */
@NullMarked
package dev.lambdaconfig.ops.metrics;

import org.jspecify.annotations.NullMarked;
