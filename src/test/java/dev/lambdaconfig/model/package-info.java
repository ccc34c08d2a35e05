/** Tests of the vocabulary. */
@NullMarked
package dev.lambdaconfig.model;

import org.jspecify.annotations.NullMarked;
