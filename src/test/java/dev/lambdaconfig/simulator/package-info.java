/**
 * The configuration API of AWS Lambda as a local HTTP server. It answers as real AWS was recorded
 * to answer (docs/aws.md), and tests can make it misbehave. STS answers there too, for web
 * identities.
 *
 * <p>It imports neither the operator nor the AWS SDK, so that it cannot repeat a misunderstanding
 * of AWS in the operator. It does not simulate code execution or billing, and of IAM only what web
 * identities need.
 */
@NullMarked
package dev.lambdaconfig.simulator;

import org.jspecify.annotations.NullMarked;
