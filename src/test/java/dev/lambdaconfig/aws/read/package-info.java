@NullMarked
package dev.lambdaconfig.aws.read;

import org.jspecify.annotations.NullMarked;
