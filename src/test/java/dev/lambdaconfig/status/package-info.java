/** Tests of the next status, by the rules of those who read it. */
@NullMarked
package dev.lambdaconfig.status;

import org.jspecify.annotations.NullMarked;
