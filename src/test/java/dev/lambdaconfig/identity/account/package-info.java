/** Tests of the package. */
@NullMarked
package dev.lambdaconfig.identity.account;

import org.jspecify.annotations.NullMarked;
