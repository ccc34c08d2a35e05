/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.kube;

import org.jspecify.annotations.NullMarked;
