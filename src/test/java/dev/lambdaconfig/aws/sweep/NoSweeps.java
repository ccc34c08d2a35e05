package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.Collection;

/** A listener of sweeps that does nothing. */
public final class NoSweeps implements SweepListener {

  @Override
  public void readEach(Collection<String> uids, Duration within) {}

  @Override
  public void listingRefused(String region, Failure why, String watched) {}

  @Override
  public void changed(String uid) {}

  @Override
  public void swept(String region, Duration took, int functions, int changed) {}
}
