/** Tests of the difference, with a model of AWS to play against, and of what a spec may say. */
@NullMarked
package dev.lambdaconfig.plan;

import org.jspecify.annotations.NullMarked;
