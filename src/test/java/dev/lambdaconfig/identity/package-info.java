/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.identity;

import org.jspecify.annotations.NullMarked;
