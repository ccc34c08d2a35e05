/**
 * The manifests that {@code export} writes: from the settings of one function to the text of its
 * resource, and of the Secret with its environment variables.
 *
 * <p>The field table says where a setting stands in a manifest and which value is AWS's default, so
 * that a new setting needs nothing here. A manifest is compared with its function by the operator's
 * own {@code plan}, and checked as {@code validate} does, before it is written. No file, no AWS, no
 * cluster.
 */
@NullMarked
package dev.lambdaconfig.cli.export.manifest;

import org.jspecify.annotations.NullMarked;
