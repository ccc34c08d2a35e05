/** Options as users write them. */
@NullMarked
package dev.lambdaconfig.cli.options;

import org.jspecify.annotations.NullMarked;
