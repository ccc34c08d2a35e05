/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.controller.rollout.breaker;

import org.jspecify.annotations.NullMarked;
