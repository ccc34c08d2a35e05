/**
 * The build of the container image, without Docker, without a registry and without root.
 *
 * <p>{@code debian} makes the base from pinned packages, {@code runtime} links the JVM and its
 * class archive, {@code layout} writes layers and the OCI archive. This package puts them together.
 */
@NullMarked
package dev.lambdaconfig.build.image;

import org.jspecify.annotations.NullMarked;
