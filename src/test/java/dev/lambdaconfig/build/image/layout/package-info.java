/** Layers and images as the OCI image specification lays them out, the same bytes in each build. */
@NullMarked
package dev.lambdaconfig.build.image.layout;

import org.jspecify.annotations.NullMarked;
