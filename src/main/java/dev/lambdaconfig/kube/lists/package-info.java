/**
 * Lists of the operator's resources, which are read as they arrive: how long their pages are, when
 * the next one is requested, and the way of each item past the Kubernetes client, which would hold
 * all of a list as bytes.
 */
@NullMarked
package dev.lambdaconfig.kube.lists;

import org.jspecify.annotations.NullMarked;
