/** Tests of the field table. */
@NullMarked
package dev.lambdaconfig.plan.field;

import org.jspecify.annotations.NullMarked;
