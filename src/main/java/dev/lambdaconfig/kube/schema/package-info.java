/**
 * The gaps of the schema that the API server serves against the operator's own. It reads one
 * document and writes nothing.
 */
@NullMarked
package dev.lambdaconfig.kube.schema;

import org.jspecify.annotations.NullMarked;
