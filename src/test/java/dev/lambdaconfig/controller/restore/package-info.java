/** Tests of {@code deletionPolicy: Restore}. */
@NullMarked
package dev.lambdaconfig.controller.restore;

import org.jspecify.annotations.NullMarked;
