package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionChangeListener;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Collection;

/** Is told what a sweep found. Never throws, never waits. */
public interface SweepListener extends RoundListener, FunctionChangeListener {

  /**
   * Nothing is listed from now on: each function is to be looked at by its resource.
   *
   * @param within when each is to be looked at for the first time, at the latest
   */
  void readEach(Collection<String> uids, Duration within);

  /**
   * Functions cannot be listed, so each is read: told when that begins, not again while it lasts.
   *
   * @param watched a resource of that Region, to tell it about
   */
  void listingRefused(String region, Failure why, String watched);
}
