@NullMarked
package dev.lambdaconfig.cli.validate;

import org.jspecify.annotations.NullMarked;
