/** Tests of {@code cli.export}. */
@NullMarked
package dev.lambdaconfig.cli.export;

import org.jspecify.annotations.NullMarked;
