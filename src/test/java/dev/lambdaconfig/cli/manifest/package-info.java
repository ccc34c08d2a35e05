@NullMarked
package dev.lambdaconfig.cli.manifest;

import org.jspecify.annotations.NullMarked;
