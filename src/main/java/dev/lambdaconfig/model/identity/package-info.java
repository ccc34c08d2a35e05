/** The identities by which functions are called. */
@NullMarked
package dev.lambdaconfig.model.identity;

import org.jspecify.annotations.NullMarked;
