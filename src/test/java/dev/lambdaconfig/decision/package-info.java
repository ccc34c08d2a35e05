/** Tests of single decisions, and of whole runs against a function in memory. */
@NullMarked
package dev.lambdaconfig.decision;

import org.jspecify.annotations.NullMarked;
