/**
 * The names that the resources of a namespace may use: the platform team's policy file, and the
 * check of a spec against it.
 *
 * <p>A policy is a value. Only {@code PolicyFile} reads a file, and nothing here sends a request or
 * knows the controller.
 */
@NullMarked
package dev.lambdaconfig.authorization;

import org.jspecify.annotations.NullMarked;
