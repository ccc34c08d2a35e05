/**
 * The fleet sweep: notices changed functions by listing them, at a fiftieth of the calls that
 * reading each would cost.
 *
 * <pre>
 *   resources ──► Roster: what was last seen of each function
 *                   ▲ compare                     │ changed
 *   ListFunctions ──┘ one page after another,     ▼
 *                     within its share          Listener: read it
 * </pre>
 *
 * <p>A list only ever tells that a function is to be read, or that it is still what was read: it
 * lacks State and LastUpdateStatus, so nothing is planned from it.
 */
@NullMarked
package dev.lambdaconfig.aws.sweep;

import org.jspecify.annotations.NullMarked;
