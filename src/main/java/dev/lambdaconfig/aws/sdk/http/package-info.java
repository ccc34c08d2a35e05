/**
 * HTTP clients that restrict what the SDK can send and receive, and choose its way.
 *
 * <p>They look at a request or an answer as a whole, and know nothing of the service.
 */
@NullMarked
package dev.lambdaconfig.aws.sdk.http;

import org.jspecify.annotations.NullMarked;
