/** Common parts of the programs in the test tree: the demo, the simulator and the benchmarks. */
@NullMarked
package dev.lambdaconfig.program;

import org.jspecify.annotations.NullMarked;
