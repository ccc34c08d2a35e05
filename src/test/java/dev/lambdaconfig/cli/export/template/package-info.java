/** Tests of {@code cli.export.template}. */
@NullMarked
package dev.lambdaconfig.cli.export.template;

import org.jspecify.annotations.NullMarked;
