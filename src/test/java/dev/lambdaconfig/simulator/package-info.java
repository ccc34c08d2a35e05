/**
 * The AWS Lambda configuration API as a local HTTP server that answers as real AWS was recorded to
 * answer, and that can be told to misbehave.
 *
 * <p>Test code. It imports neither the operator nor the AWS SDK, so that a misunderstanding of AWS
 * in the operator cannot be repeated here: what it knows comes from recorded answers. It knows
 * nothing of code execution, IAM or billing.
 */
@NullMarked
package dev.lambdaconfig.simulator;

import org.jspecify.annotations.NullMarked;
