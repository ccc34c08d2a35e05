/** Tests of the rule of ownership. */
@NullMarked
package dev.lambdaconfig.decision.ownership;

import org.jspecify.annotations.NullMarked;
