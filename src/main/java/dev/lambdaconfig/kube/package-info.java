/**
 * The API server, except for statuses and Secrets: how resources are read, their annotations, the
 * one finalizer, Events, and the meaning of its failures.
 *
 * <p>The result of a request is a value or an exception of this package. Nothing here decides what
 * to do about a function, and nothing here knows the controller.
 */
@NullMarked
package dev.lambdaconfig.kube;

import org.jspecify.annotations.NullMarked;
