package dev.lambdaconfig.aws.limit;

/**
 * The limit of calls under way, in all Regions and in each of them: a Region that answers slowly
 * holds workers, and must leave some to the others.
 *
 * <p>Each Region has {@link #GUARANTEED} calls of its own. Beyond them it may begin one more only
 * while it has fewer under way than are left for all (the dynamic threshold of shared buffers): one
 * slow Region takes half of the shared ones at most, two of them three quarters together, and a
 * Region that answers fast needs few. A caller that is turned away queues, as for a token.
 *
 * <p>Thread-safe.
 */
public final class Bulkheads {

  /** The calls of each Region, whatever others have under way. */
  public static final int GUARANTEED = 2;

  /** The most calls of one Region, whatever is left. */
  static final int MOST_OF_A_REGION = 24;

  private final int shared;
  private int taken;

  /**
   * Creates the limit, with no call under way.
   *
   * @param shared the calls that may be under way in all Regions together, besides those that each
   *     has of its own; at least 0
   */
  public Bulkheads(int shared) {
    this.shared = shared;
  }

  /** The share of one more Region. */
  Bulkhead ofRegion() {
    return new Bulkhead();
  }

  /** The calls under way in one Region, of whatever account and quota. */
  final class Bulkhead {

    private int underWay;

    private Bulkhead() {}

    /** The number of calls that may begin now. */
    int room() {
      synchronized (Bulkheads.this) {
        int own = Math.max(0, GUARANTEED - underWay);
        int left = shared - taken;
        int ofShared = Math.max(0, (left - extra(underWay) + 1) / 2);
        return Math.max(0, Math.min(MOST_OF_A_REGION - underWay, own + ofShared));
      }
    }

    /** Begins a call, if one may begin now. */
    boolean tryEnter() {
      synchronized (Bulkheads.this) {
        if (room() == 0) {
          return false;
        }
        enter();
        return true;
      }
    }

    /**
     * Begins the one call by which a Region that does not answer is tried, besides those that hang
     * there.
     */
    boolean tryProbe() {
      synchronized (Bulkheads.this) {
        if (underWay >= GUARANTEED && taken >= shared) {
          return false;
        }
        enter();
        return true;
      }
    }

    /** Begins a call in any case. */
    void enter() {
      count(1);
    }

    /** Ends a call, also one that was not made. */
    void leave() {
      count(-1);
    }

    private void count(int more) {
      synchronized (Bulkheads.this) {
        taken -= extra(underWay);
        underWay += more;
        taken += extra(underWay);
      }
    }

    private static int extra(int calls) {
      return Math.max(0, calls - GUARANTEED);
    }
  }
}
