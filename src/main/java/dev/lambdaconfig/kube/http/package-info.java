/**
 * The HTTP client of the API server: its threads, lists that are read at once in the place of their
 * first page, and pages that are requested before they are asked for. Knows URLs and bytes, not
 * resources.
 */
@NullMarked
package dev.lambdaconfig.kube.http;

import org.jspecify.annotations.NullMarked;
