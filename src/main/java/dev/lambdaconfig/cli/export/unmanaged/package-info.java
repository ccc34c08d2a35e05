/**
 * The functions that no resource of the cluster owns: {@code export --unmanaged}.
 *
 * <p>Lists the resources of the cluster once, and changes nothing there.
 */
@NullMarked
package dev.lambdaconfig.cli.export.unmanaged;

import org.jspecify.annotations.NullMarked;
