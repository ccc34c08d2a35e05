/**
 * HTTP clients that restrict what the SDK can send.
 *
 * <p>They look at a request as a whole, and know nothing of the service that it is for.
 */
@NullMarked
package dev.lambdaconfig.aws.sdk.http;

import org.jspecify.annotations.NullMarked;
