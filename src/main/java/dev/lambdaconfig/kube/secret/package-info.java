/**
 * Secrets: environment values from before the first update, in the operator's own namespace, and
 * their deletion once nothing needs them.
 *
 * <p>Values leave this package for an update of the function that they came from, and for nothing
 * else: no log, no message, no metric.
 */
@NullMarked
package dev.lambdaconfig.kube.secret;

import org.jspecify.annotations.NullMarked;
