/** Tests of {@code cli.export.estate}. */
@NullMarked
package dev.lambdaconfig.cli.export.estate;

import org.jspecify.annotations.NullMarked;
