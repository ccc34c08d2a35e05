package dev.lambdaconfig.plan.environment;

/**
 * An environment variable, or several, whose value is not known because its source was not read.
 *
 * @param path the path of the variable; of the item of the spec where all keys of a source are
 *     taken
 * @param why what is in the way, such as {@code from Secret db/password}
 */
public record UnreadValue(String path, String why) {}
