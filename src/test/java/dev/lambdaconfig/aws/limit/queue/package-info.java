/** Tests of the order in which waiters go. */
@NullMarked
package dev.lambdaconfig.aws.limit.queue;

import org.jspecify.annotations.NullMarked;
