@NullMarked
package dev.lambdaconfig.cli.stream;

import org.jspecify.annotations.NullMarked;
