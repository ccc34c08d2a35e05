/** The tests of what is told of a fleet. */
@NullMarked
package dev.lambdaconfig.cli.status.report;

import org.jspecify.annotations.NullMarked;
