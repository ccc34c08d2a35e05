package dev.lambdaconfig.plan;

/**
 * One place where the function is not what the spec wants, ready to be shown.
 *
 * @param path the path in the spec; of environment variables with the name of the variable
 * @param desired what the spec wants; of an environment variable only {@code missing}, {@code
 *     extra} or {@code differs}
 * @param observed what the function has; empty for environment variables
 */
public record Difference(String path, String desired, String observed) {}
