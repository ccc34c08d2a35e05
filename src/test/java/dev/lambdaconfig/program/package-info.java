/** What the programs of the test tree, the demo and the benchmarks, have in common. */
@NullMarked
package dev.lambdaconfig.program;

import org.jspecify.annotations.NullMarked;
