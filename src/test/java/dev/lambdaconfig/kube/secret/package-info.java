/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.kube.secret;

import org.jspecify.annotations.NullMarked;
