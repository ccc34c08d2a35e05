/** The launcher beside the jar, and the rehearsal. */
@NullMarked
package dev.lambdaconfig.cli.launch;

import org.jspecify.annotations.NullMarked;
