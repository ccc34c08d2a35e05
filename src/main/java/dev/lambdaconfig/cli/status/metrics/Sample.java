package dev.lambdaconfig.cli.status.metrics;

import java.util.Map;

/**
 * One line of metrics.
 *
 * @param name the name of the metric
 * @param labels its labels
 * @param value a finite number
 */
record Sample(String name, Map<String, String> labels, double value) {}
