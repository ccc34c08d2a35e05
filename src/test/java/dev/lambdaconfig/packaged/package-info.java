/** The operator as users run it: the jar, in a process of its own, against servers of a test. */
@NullMarked
package dev.lambdaconfig.packaged;

import org.jspecify.annotations.NullMarked;
