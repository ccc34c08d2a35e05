/**
 * The checks before a start, each of which says what to do: kubeconfig, API server, CRD and RBAC.
 *
 * <p>A check reads and reports; it makes nothing and repairs nothing. What can only be found out by
 * running belongs to {@code cli.run}, and what is wrong with an option alone to {@code
 * cli.options}.
 */
@NullMarked
package dev.lambdaconfig.cli.preflight;

import org.jspecify.annotations.NullMarked;
