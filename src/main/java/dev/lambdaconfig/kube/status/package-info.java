/**
 * Statuses: read as last written, written by server-side apply, corrected where another writer has
 * changed them, and reduced to the fields of the served schema.
 *
 * <p>Other packages decide what a status says; here it is a document that is stored as it is.
 */
@NullMarked
package dev.lambdaconfig.kube.status;

import org.jspecify.annotations.NullMarked;
