/**
 * The circuit breakers of one account and Region: which of its updates failed alike, whether the
 * next one may be sent, and who probes.
 *
 * <p>They know namespaces, UIDs and failures, and neither resources nor AWS. They take a clock and
 * wait for nothing.
 */
@NullMarked
package dev.lambdaconfig.controller.rollout.breaker;

import org.jspecify.annotations.NullMarked;
