package dev.lambdaconfig.aws.sweep;

import java.time.Duration;

/** A receiver of each round over the functions of a Region. It never throws and never waits. */
public interface RoundListener {

  /** A listener that does nothing. */
  RoundListener NOBODY = (region, took, functions, changed) -> {};

  /**
   * A round has ended.
   *
   * @param functions the number of functions that it showed, managed or not
   * @param changed the number of functions that are to be read
   */
  void swept(String region, Duration took, int functions, int changed);
}
