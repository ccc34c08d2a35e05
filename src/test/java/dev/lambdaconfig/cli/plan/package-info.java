@NullMarked
package dev.lambdaconfig.cli.plan;

import org.jspecify.annotations.NullMarked;
