/**
 * The way of a resource from the API server's JSON into the cache and out of it: what the operator
 * does not use is left out, and the rest is compressed.
 *
 * <p>Whatever the API server stores can be read. Nothing here sends a request, but for the check
 * whether versions went back.
 */
@NullMarked
package dev.lambdaconfig.kube.reading;

import org.jspecify.annotations.NullMarked;
