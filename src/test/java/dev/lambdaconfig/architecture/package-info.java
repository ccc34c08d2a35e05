/** Tests of who may know whom. */
@NullMarked
package dev.lambdaconfig.architecture;

import org.jspecify.annotations.NullMarked;
