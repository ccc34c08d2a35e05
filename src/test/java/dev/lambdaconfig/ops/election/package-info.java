/** Tests of the package of the same name. */
@NullMarked
package dev.lambdaconfig.ops.election;

import org.jspecify.annotations.NullMarked;
