package dev.lambdaconfig.model;

/**
 * A Region and the bare name of a function there. Functions of several accounts can share it.
 *
 * @param name the name without account and qualifier
 */
public record FunctionKey(String region, String name) {

  /** The key as one string for an index. It is unique, because no Region contains a slash. */
  public String text() {
    return region + "/" + name;
  }
}
