/**
 * The informers that read and watch the operator's resources: which there are, and which have lost
 * their watch.
 *
 * <p>It looks and reports; it repairs nothing, because the client reconnects by itself.
 */
@NullMarked
package dev.lambdaconfig.ops.informer;

import org.jspecify.annotations.NullMarked;
