/**
 * A real Kubernetes API server for the integration tests and the demo, found or made on whatever
 * machine they run on: given by the developer, from binaries, from Docker, downloaded, or built.
 *
 * <p>It knows nothing of this operator: it imports no package of the project. A test that needs a
 * server fails where there is none; it is never skipped.
 */
@NullMarked
package dev.lambdaconfig.cluster;

import org.jspecify.annotations.NullMarked;
