/** The parts that the operator is put together from. */
@NullMarked
package dev.lambdaconfig.cli.run;

import org.jspecify.annotations.NullMarked;
