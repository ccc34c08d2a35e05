/** The shell script that starts the operator, as users call it. */
@NullMarked
package dev.lambdaconfig.launcher;

import org.jspecify.annotations.NullMarked;
