/** The base of the image: Debian packages, pinned by version and SHA-256. */
@NullMarked
package dev.lambdaconfig.build.image.debian;

import org.jspecify.annotations.NullMarked;
