/** Programs of the build: the CRD generator and the source formatter. Never part of the product. */
@NullMarked
package dev.lambdaconfig.build;

import org.jspecify.annotations.NullMarked;
