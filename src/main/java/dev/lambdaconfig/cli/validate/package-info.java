/**
 * The command {@code validate}: what the API server, the operator and AWS's calendar say of
 * manifests, with neither of them.
 *
 * <p>Sends no request. The findings are values of {@code report}.
 */
@NullMarked
package dev.lambdaconfig.cli.validate;

import org.jspecify.annotations.NullMarked;
