/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.text;

import org.jspecify.annotations.NullMarked;
