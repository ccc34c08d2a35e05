/**
 * What a user sees, one file a feature: the operator in this JVM, against the real API server and
 * the simulated Lambda API over HTTP.
 */
@NullMarked
package dev.lambdaconfig.feature;

import org.jspecify.annotations.NullMarked;
