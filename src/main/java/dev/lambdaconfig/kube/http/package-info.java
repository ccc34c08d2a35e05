/**
 * The HTTP client of the API server: its threads, and pages of lists that are requested before they
 * are asked for. Knows URLs and bytes, not resources.
 */
@NullMarked
package dev.lambdaconfig.kube.http;

import org.jspecify.annotations.NullMarked;
