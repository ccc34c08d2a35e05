/** Tests of what stops a bad change. */
@NullMarked
package dev.lambdaconfig.controller.rollout;

import org.jspecify.annotations.NullMarked;
