/**
 * {@code deletionPolicy: Restore}: what has to be safe before the first update, and the deletion
 * that puts fields back.
 *
 * <p>Decides what to write back and when to give up; reads and updates go the same way as in any
 * other reconcile.
 */
@NullMarked
package dev.lambdaconfig.controller.restore;

import org.jspecify.annotations.NullMarked;
