/** Tests of what is kept of a resource. */
@NullMarked
package dev.lambdaconfig.controller.state;

import org.jspecify.annotations.NullMarked;
