/**
 * The informers that read and watch the operator's resources: which there are, which have lost
 * their watch, and which namespaces have none yet.
 *
 * <p>It looks, asks and reports; a lost watch is the client's to open again, and what a new
 * namespace takes is passed to it as functions.
 */
@NullMarked
package dev.lambdaconfig.ops.informer;

import org.jspecify.annotations.NullMarked;
