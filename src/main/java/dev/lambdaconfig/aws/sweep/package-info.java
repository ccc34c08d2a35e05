/**
 * The fleet sweep: notices changed functions by listing them, at a fiftieth of the calls that
 * reading each would cost.
 *
 * <pre>
 *   resources ──► WatchedFunctions: what was last seen of each function
 *                   ▲ compare                     │ changed
 *   ListFunctions ──┘ one page after another,     ▼
 *                     within its share          FunctionChangeListener: read it
 * </pre>
 *
 * <p>One identity lists an account and Region for the resources of all identities, each of which
 * reads its own function.
 *
 * <p>A list only shows that a function is to be read, or that it is still what was read: it lacks
 * State and LastUpdateStatus (docs/aws.md#list-members), so nothing is planned from it. Rules about
 * a resource's update or status do not belong here.
 */
@NullMarked
package dev.lambdaconfig.aws.sweep;

import org.jspecify.annotations.NullMarked;
