/** Tests of the sources of environment values, and the sources that other tests hold themselves. */
@NullMarked
package dev.lambdaconfig.values;

import org.jspecify.annotations.NullMarked;
