/**
 * Tests of what a user sees, one class for each condition: the operator in this JVM, against a real
 * API server and the simulated Lambda API over HTTP.
 */
@NullMarked
package dev.lambdaconfig.feature;

import org.jspecify.annotations.NullMarked;
