/** Tests of what triggers reconciles. */
@NullMarked
package dev.lambdaconfig.controller.trigger;

import org.jspecify.annotations.NullMarked;
