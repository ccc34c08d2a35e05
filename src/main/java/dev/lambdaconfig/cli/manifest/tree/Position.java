package dev.lambdaconfig.cli.manifest.tree;

/**
 * A place in a text.
 *
 * @param line the line, counted from 1
 * @param column the character of the line, counted from 1
 */
public record Position(int line, int column) {

  /** The first character of a text. */
  public static final Position START = new Position(1, 1);
}
