@NullMarked
package dev.lambdaconfig.cli.validate.schema;

import org.jspecify.annotations.NullMarked;
