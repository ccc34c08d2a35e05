@NullMarked
package dev.lambdaconfig.cli.plan.planning;

import org.jspecify.annotations.NullMarked;
