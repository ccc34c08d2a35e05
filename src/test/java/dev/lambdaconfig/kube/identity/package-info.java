/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.kube.identity;

import org.jspecify.annotations.NullMarked;
