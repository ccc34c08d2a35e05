package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionChangeListener;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Collection;

/** A receiver of what a sweep finds. It never throws and never waits. */
public interface SweepListener extends RoundListener, FunctionChangeListener {

  /**
   * No list answers for functions, so that each is to be read by its own resource.
   *
   * @param within the time within which each is to be read first
   */
  void readEach(Collection<String> uids, Duration within);

  /**
   * AWS has begun to refuse the list, which is not reported again while that lasts.
   *
   * @param watched a resource of that account and Region, for the report
   */
  void listingRefused(String region, Failure why, String watched);
}
