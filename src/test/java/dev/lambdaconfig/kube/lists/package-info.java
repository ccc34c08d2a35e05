/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.kube.lists;

import org.jspecify.annotations.NullMarked;
