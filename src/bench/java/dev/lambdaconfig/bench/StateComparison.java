package dev.lambdaconfig.bench;

/** What an operator held before and after something. */
record StateComparison(DebugState before, DebugState after) {}
