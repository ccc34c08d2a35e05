/** Tests of the environment variables of specs. */
@NullMarked
package dev.lambdaconfig.plan.environment;

import org.jspecify.annotations.NullMarked;
