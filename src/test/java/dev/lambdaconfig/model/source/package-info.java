/** Tests of the vocabulary of sources. */
@NullMarked
package dev.lambdaconfig.model.source;

import org.jspecify.annotations.NullMarked;
