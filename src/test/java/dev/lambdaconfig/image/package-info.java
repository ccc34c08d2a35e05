/** The container image as a runtime sees it: {@code mvn -Pimage verify}. */
@NullMarked
package dev.lambdaconfig.image;

import org.jspecify.annotations.NullMarked;
