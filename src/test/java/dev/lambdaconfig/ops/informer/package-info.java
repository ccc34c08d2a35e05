/** Tests of the informers and their watches. */
@NullMarked
package dev.lambdaconfig.ops.informer;

import org.jspecify.annotations.NullMarked;
