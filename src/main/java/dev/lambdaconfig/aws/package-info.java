/**
 * The port to Lambda, and its calls within the quotas of accounts and Regions.
 *
 * <p>Calls return values: an expected failure is an {@link dev.lambdaconfig.model.Answer.Failed},
 * never an exception. Only {@link dev.lambdaconfig.aws.RateLimitedLambda} is called by others.
 * Nothing of the AWS SDK comes in here, and nothing that knows resources or Kubernetes.
 */
@NullMarked
package dev.lambdaconfig.aws;

import org.jspecify.annotations.NullMarked;
