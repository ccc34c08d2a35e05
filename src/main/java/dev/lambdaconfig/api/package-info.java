/**
 * The resource {@code LambdaFunctionConfig} as annotated Java: data without behaviour.
 *
 * <p>The CRD in {@code crds/} is generated from these types, and so is what {@code kubectl explain}
 * prints. Every type ignores unknown fields, so that an operator that is rolled back still reads
 * resources written under a newer CRD. Every field is null unless the manifest names it: null is
 * "unmanaged", which is not the same as empty.
 */
@NullMarked
package dev.lambdaconfig.api;

import org.jspecify.annotations.NullMarked;
