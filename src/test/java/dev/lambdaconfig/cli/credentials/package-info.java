/** Tests of {@code cli.credentials}. */
@NullMarked
package dev.lambdaconfig.cli.credentials;

import org.jspecify.annotations.NullMarked;
