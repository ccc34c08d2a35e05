/**
 * The rule which of several resources owns a function that all of them name, by what AWS has
 * answered to their identities. Pure: the order of answers is a number, and waiting is up to the
 * caller.
 */
@NullMarked
package dev.lambdaconfig.decision.ownership;

import org.jspecify.annotations.NullMarked;
