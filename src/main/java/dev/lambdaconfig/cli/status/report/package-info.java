/**
 * The report about a fleet: the counts of its states and reasons, its oldest differences, and the
 * budgets and sweeps of its operators, as text and as JSON.
 */
@NullMarked
package dev.lambdaconfig.cli.status.report;

import org.jspecify.annotations.NullMarked;
