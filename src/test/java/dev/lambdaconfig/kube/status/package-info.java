/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.kube.status;

import org.jspecify.annotations.NullMarked;
