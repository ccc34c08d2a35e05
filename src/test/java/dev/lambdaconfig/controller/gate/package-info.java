/** Tests of what can end a reconcile. */
@NullMarked
package dev.lambdaconfig.controller.gate;

import org.jspecify.annotations.NullMarked;
