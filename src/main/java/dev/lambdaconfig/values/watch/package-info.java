/**
 * Lists and watches of the metadata of Secrets and ConfigMaps, over which a change of any of them
 * is noticed without reading a value.
 *
 * <p>Knows namespaces, names and versions, and keeps none of them: what a version means to whom is
 * the listener's. An annotation of a Secret can repeat its values, so nothing else of an answer is
 * kept or logged.
 */
@NullMarked
package dev.lambdaconfig.values.watch;

import org.jspecify.annotations.NullMarked;
