/** The tests of forms of output that several commands write. */
@NullMarked
package dev.lambdaconfig.cli.format;

import org.jspecify.annotations.NullMarked;
