/** Tests of the observation of a function, and of its guarded update. */
@NullMarked
package dev.lambdaconfig.controller.update;

import org.jspecify.annotations.NullMarked;
