@NullMarked
package dev.lambdaconfig.cli.plan.output;

import org.jspecify.annotations.NullMarked;
