/** How a resource is explained. */
@NullMarked
package dev.lambdaconfig.cli.explain;

import org.jspecify.annotations.NullMarked;
