package dev.lambdaconfig.cluster;

import java.util.Optional;

/**
 * The result of a search for a server.
 *
 * @param explanation the providers that failed, why, and what would help
 */
public record Location(Optional<Source> source, String explanation) {}
