/**
 * The way to AWS: the port, its adapter to the AWS SDK, and the clients behind it.
 *
 * <p>Calls bring back values: what fails as expected is an {@link
 * dev.lambdaconfig.model.Answer.Failed}, never an exception. Each call is one attempt: the SDK's
 * own retries would cause stale revisions of our own making.
 */
@NullMarked
package dev.lambdaconfig.aws;

import org.jspecify.annotations.NullMarked;
