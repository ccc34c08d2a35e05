/**
 * The inputs of a plan besides the manifests of functions: Secrets and ConfigMaps among the
 * manifests or in the cluster, and the resources of the cluster.
 *
 * <p>It only reads, and nothing here prints a value.
 */
@NullMarked
package dev.lambdaconfig.cli.plan.source;

import org.jspecify.annotations.NullMarked;
