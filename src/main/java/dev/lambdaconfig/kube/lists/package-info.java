/**
 * Lists of the operator's resources, which are read as they arrive: which ones are read at once,
 * how long the pages of the others are, when the next one is requested, and the way of each item
 * past the Kubernetes client, which would hold all of a list as bytes.
 */
@NullMarked
package dev.lambdaconfig.kube.lists;

import org.jspecify.annotations.NullMarked;
