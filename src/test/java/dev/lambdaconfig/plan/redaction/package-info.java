/** Tests of what messages may repeat. */
@NullMarked
package dev.lambdaconfig.plan.redaction;

import org.jspecify.annotations.NullMarked;
