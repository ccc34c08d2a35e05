/**
 * Makes the operator's jar smaller in memory: its lambdas share classes that the jar has, where the
 * JVM would spin a class for each at run time ({@link
 * dev.lambdaconfig.build.lambdas.MergeLambdas}).
 */
@NullMarked
package dev.lambdaconfig.build.lambdas;

import org.jspecify.annotations.NullMarked;
