/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.kube.reading;

import org.jspecify.annotations.NullMarked;
