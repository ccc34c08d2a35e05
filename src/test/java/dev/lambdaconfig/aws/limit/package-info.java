/** The budget, with a clock by hand and a model of those who ask and of AWS. */
@NullMarked
package dev.lambdaconfig.aws.limit;

import org.jspecify.annotations.NullMarked;
