/**
 * The credentials of the operator's own identity. Those of tenants are sessions that it begins
 * itself.
 */
@NullMarked
package dev.lambdaconfig.aws.sdk.credentials;

import org.jspecify.annotations.NullMarked;
