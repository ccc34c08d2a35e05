/** What the documentation needs to know of the options. */
@NullMarked
package dev.lambdaconfig.cli;

import org.jspecify.annotations.NullMarked;
