/** Tests of what pages of a list show of watched functions. */
@NullMarked
package dev.lambdaconfig.aws.sweep.watched;

import org.jspecify.annotations.NullMarked;
