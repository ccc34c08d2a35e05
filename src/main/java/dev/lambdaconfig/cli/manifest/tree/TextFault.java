package dev.lambdaconfig.cli.manifest.tree;

/**
 * Something wrong with a text.
 *
 * @param message what is wrong, and what to write instead
 */
public record TextFault(Position position, String message) {}
