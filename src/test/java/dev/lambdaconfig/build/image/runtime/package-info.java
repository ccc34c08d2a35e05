/** The linked JVM of the image, the libraries that it needs, and its archive of loaded classes. */
@NullMarked
package dev.lambdaconfig.build.image.runtime;

import org.jspecify.annotations.NullMarked;
