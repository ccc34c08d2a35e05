/** Tests of the ownership of functions. */
@NullMarked
package dev.lambdaconfig.controller.ownership;

import org.jspecify.annotations.NullMarked;
