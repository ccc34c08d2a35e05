/**
 * The queue in front of one quota: the waiters of each priority, and their order.
 *
 * <p>It holds places and compares times that it is given. It knows no rate, no token and no clock,
 * and is not thread-safe: the limiter that owns a queue guards it.
 */
@NullMarked
package dev.lambdaconfig.aws.limit.queue;

import org.jspecify.annotations.NullMarked;
