/**
 * The ownership of functions: of all resources that name a function only one may write. Knows what
 * AWS has answered to the identity of each, and whom an answer concerns; {@code decision.ownership}
 * has the rule.
 */
@NullMarked
package dev.lambdaconfig.controller.ownership;

import org.jspecify.annotations.NullMarked;
