/**
 * The rate limits: for each account and Region the calls that may be made, when, and how many at a
 * time.
 *
 * <p>A limiter answers at once. Nothing here waits, starts a thread, makes a call or knows a
 * library. Time is a supplier of nanoseconds that only runs forward.
 */
@NullMarked
package dev.lambdaconfig.aws.limit;

import org.jspecify.annotations.NullMarked;
