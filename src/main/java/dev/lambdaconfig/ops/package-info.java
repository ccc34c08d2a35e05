/** Health, metrics and how the process runs; nothing of what it is for. */
@NullMarked
package dev.lambdaconfig.ops;

import org.jspecify.annotations.NullMarked;
