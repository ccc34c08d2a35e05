package dev.lambdaconfig.bench;

/**
 * What the watch shows of a resource.
 *
 * @param isReady whether it says that its function is as its spec says
 */
record Seen(String name, long generation, boolean isReady) {}
