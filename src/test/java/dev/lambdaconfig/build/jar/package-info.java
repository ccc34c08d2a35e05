/** Jars and the classes in them, for what rewrites the operator's jar. */
@NullMarked
package dev.lambdaconfig.build.jar;

import org.jspecify.annotations.NullMarked;
