/**
 * The demo of the README: the operator, an API server and a simulated AWS on one machine, and a
 * story whose steps are printed as they happen.
 *
 * <p>It is a check too: a step that does not come out as expected ends it with exit code 1.
 */
@NullMarked
package dev.lambdaconfig.demo;

import org.jspecify.annotations.NullMarked;
