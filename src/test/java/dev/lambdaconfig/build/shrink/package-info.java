/**
 * Makes the operator's jar smaller in memory and on disk: methods and classes of libraries that the
 * operator cannot reach are left out ({@link dev.lambdaconfig.build.shrink.ShrinkJar}).
 */
@NullMarked
package dev.lambdaconfig.build.shrink;

import org.jspecify.annotations.NullMarked;
