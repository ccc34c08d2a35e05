/**
 * Measures a fleet of functions from outside, as a user meets it: the packaged operator, a real API
 * server and a simulated AWS, each in a process of its own; other operators beside it; and the
 * planning of one function.
 *
 * <p>Compiled and run by {@code mvn -q -Pbench}, and by one test. Tests hold no figures: they would
 * fail on slow machines and say nothing on fast ones.
 */
@NullMarked
package dev.lambdaconfig.bench;

import org.jspecify.annotations.NullMarked;
