/**
 * Who may call AWS when: one budget for each account and Region, which all calls pass.
 *
 * <p>It is asked, and says now or later; it never waits, starts no thread, makes no call and knows
 * no library. Time is a supplier of nanoseconds that only runs forward, {@code System::nanoTime}.
 */
@NullMarked
package dev.lambdaconfig.aws.limit;

import org.jspecify.annotations.NullMarked;
