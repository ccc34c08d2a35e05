/**
 * The places where commands of a person look for AWS credentials, told where there are none. Knows
 * no credentials.
 */
@NullMarked
package dev.lambdaconfig.cli.credentials;

import org.jspecify.annotations.NullMarked;
