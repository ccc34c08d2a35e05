/**
 * The adapter: the ports of {@code aws} by the AWS SDK, with clients, credentials and Regions.
 *
 * <p>All that is the SDK's ends here: answers and failures leave as values of {@code model}. No
 * rule about functions, quotas or retries belongs here. Each call is one attempt, because the SDK's
 * own retries would cause stale revisions of the operator's own making.
 */
@NullMarked
package dev.lambdaconfig.aws.sdk;

import org.jspecify.annotations.NullMarked;
