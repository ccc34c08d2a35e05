/**
 * The ways to install the operator, held to a real API server: the chart, the kustomize base, and
 * the jar under the rights that they give it.
 */
@NullMarked
package dev.lambdaconfig.deploy;

import org.jspecify.annotations.NullMarked;
