/**
 * The demo of the README: the operator, an API server and a simulated AWS on one machine, and a
 * story that is told while it happens.
 *
 * <p>It also is a check: a step that does not come out as told ends it with exit code 1.
 */
@NullMarked
package dev.lambdaconfig.demo;

import org.jspecify.annotations.NullMarked;
