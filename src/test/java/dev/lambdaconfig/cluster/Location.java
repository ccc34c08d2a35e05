package dev.lambdaconfig.cluster;

import java.util.Optional;

/**
 * The outcome of a search for a server.
 *
 * @param explanation every way that was tried in vain, why, and what would help
 */
public record Location(Optional<Source> source, String explanation) {}
