/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.authorization;

import org.jspecify.annotations.NullMarked;
