/**
 * The text of manifests as trees of JSON, with the position of each value: YAML as kubectl reads
 * it, and JSON.
 *
 * <p>Knows no kind of Kubernetes. Whatever a text says, the trees are bounded in depth and size.
 */
@NullMarked
package dev.lambdaconfig.cli.manifest.tree;

import org.jspecify.annotations.NullMarked;
