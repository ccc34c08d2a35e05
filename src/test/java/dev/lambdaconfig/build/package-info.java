/**
 * Programs of the build: the generators of the CRD and of the one-file installation, and the source
 * formatter. Never part of the product.
 */
@NullMarked
package dev.lambdaconfig.build;

import org.jspecify.annotations.NullMarked;
