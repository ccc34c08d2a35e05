/** The sweep, without AWS and without a clock. */
@NullMarked
package dev.lambdaconfig.aws.sweep;

import org.jspecify.annotations.NullMarked;
