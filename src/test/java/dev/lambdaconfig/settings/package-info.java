/** Tests of the vocabulary. */
@NullMarked
package dev.lambdaconfig.settings;

import org.jspecify.annotations.NullMarked;
