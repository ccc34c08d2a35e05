/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.timing;

import org.jspecify.annotations.NullMarked;
