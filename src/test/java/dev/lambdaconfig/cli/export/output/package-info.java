/** Tests of {@code cli.export.output}. */
@NullMarked
package dev.lambdaconfig.cli.export.output;

import org.jspecify.annotations.NullMarked;
