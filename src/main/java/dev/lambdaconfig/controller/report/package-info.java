/**
 * The traces of a reconcile: its status, the announcement of an update ahead of it, Events, log
 * lines, and the numbers of the metrics.
 *
 * <p>Nothing is decided here; a report that cannot be written is kept for the next reconcile.
 */
@NullMarked
package dev.lambdaconfig.controller.report;

import org.jspecify.annotations.NullMarked;
