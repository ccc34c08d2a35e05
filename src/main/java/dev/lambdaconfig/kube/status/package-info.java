/**
 * Statuses: read as last written, written by server-side apply, put right where somebody else has
 * changed them, and reduced to what the served schema has.
 *
 * <p>What a status says is decided elsewhere; here it is a document to be stored as it is.
 */
@NullMarked
package dev.lambdaconfig.kube.status;

import org.jspecify.annotations.NullMarked;
