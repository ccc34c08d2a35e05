package dev.lambdaconfig.aws.sweep;

import java.time.Duration;

/** Is told of each round over the functions of a Region. Never throws, never waits. */
public interface RoundListener {

  /** Tells nobody. */
  RoundListener NOBODY = (region, took, functions, changed) -> {};

  /**
   * A round ended.
   *
   * @param functions how many functions it showed, managed or not
   * @param changed how many of them were to be read
   */
  void swept(String region, Duration took, int functions, int changed);
}
