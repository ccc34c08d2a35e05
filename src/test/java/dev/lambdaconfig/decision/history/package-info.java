/** Tests of what a decision knows of the past. */
@NullMarked
package dev.lambdaconfig.decision.history;

import org.jspecify.annotations.NullMarked;
