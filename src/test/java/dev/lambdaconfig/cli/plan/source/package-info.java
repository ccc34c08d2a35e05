@NullMarked
package dev.lambdaconfig.cli.plan.source;

import org.jspecify.annotations.NullMarked;
