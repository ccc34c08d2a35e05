/**
 * The Secrets and ConfigMaps behind environment values: their reading, and which resources depend
 * on them.
 *
 * <p>Values are read when they are needed, and kept for no longer than a burst of reconciles; after
 * that there is a fingerprint of them, in memory only. No log line, Event or exception of this
 * package repeats one.
 */
@NullMarked
package dev.lambdaconfig.values;

import org.jspecify.annotations.NullMarked;
