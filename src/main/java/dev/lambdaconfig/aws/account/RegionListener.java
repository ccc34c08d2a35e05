package dev.lambdaconfig.aws.account;

/**
 * A receiver of news about which Regions have callers. It is notified in the order in which that
 * changes, while {@link Accounts} is locked: it never throws, never waits, and calls nothing back.
 */
public interface RegionListener {

  /** A listener that does nothing. */
  RegionListener NONE =
      new RegionListener() {
        @Override
        public void used(String region) {}

        @Override
        public void unused(String region) {}

        @Override
        public void counted(int regions) {}
      };

  /** A Region without callers has got its first. */
  void used(String region);

  /** The last caller has left a Region. */
  void unused(String region);

  /** The number of Regions has changed, with those that lost their last caller a moment ago. */
  void counted(int regions);
}
