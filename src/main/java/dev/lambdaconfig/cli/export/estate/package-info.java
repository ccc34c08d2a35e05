/**
 * The functions of an account that {@code export} selects: by Region, prefix, runtime and tag, or
 * by their names.
 *
 * <p>Reads AWS, within the quota of the account, and changes nothing there.
 */
@NullMarked
package dev.lambdaconfig.cli.export.estate;

import org.jspecify.annotations.NullMarked;
