/**
 * The rules that can end a reconcile because of the resource itself: suspended, unreadable,
 * invalid, without a function, or owned by another resource.
 *
 * <p>A gate looks at the reconcile and its step, and passes, decides, or makes it look again. It
 * reads no function and sends no update. Gates of a theme with state of its own live there: {@code
 * restore}, {@code rollout}.
 */
@NullMarked
package dev.lambdaconfig.controller.gate;

import org.jspecify.annotations.NullMarked;
