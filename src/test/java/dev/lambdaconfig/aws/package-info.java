/** Calls within the budget, without AWS. */
@NullMarked
package dev.lambdaconfig.aws;

import org.jspecify.annotations.NullMarked;
