/** Tests of {@code cli.export.manifest}. */
@NullMarked
package dev.lambdaconfig.cli.export.manifest;

import org.jspecify.annotations.NullMarked;
