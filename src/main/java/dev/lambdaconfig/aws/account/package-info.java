/**
 * The accounts and Regions that are called, and which account pays for a call: each with its quota,
 * and with what is known of the rights of its callers, for as long as it has callers.
 *
 * <p>Nothing here makes a call. {@link dev.lambdaconfig.aws.RateLimitedLambda} asks which account
 * pays, and reports what the answers tell of accounts.
 */
@NullMarked
package dev.lambdaconfig.aws.account;

import org.jspecify.annotations.NullMarked;
