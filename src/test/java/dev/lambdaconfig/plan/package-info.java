/**
 * Tests of the field table, the difference and the decision, with a model of AWS to play against.
 */
@NullMarked
package dev.lambdaconfig.plan;

import org.jspecify.annotations.NullMarked;
