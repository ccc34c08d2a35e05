package dev.lambdaconfig.plan;

/**
 * A difference between the function and the spec, ready to be shown.
 *
 * @param path the path in the spec; for an environment variable it ends with the variable's name
 * @param desired the value in the spec; for an environment variable only {@code missing}, {@code
 *     extra} or {@code differs}
 * @param observed the value of the function; empty for environment variables
 */
public record Difference(String path, String desired, String observed) {}
