package dev.lambdaconfig.aws.account;

/**
 * The limits of calls that an operator sets itself.
 *
 * @param perSecond the most calls a second to each account and Region
 * @param sharedCalls the calls that may be under way in all Regions together, besides those that
 *     each has of its own: fewer than there are workers, because a reconcile that only finds out
 *     that it has to wait needs one as well
 */
public record CallLimits(double perSecond, int sharedCalls) {

  /** Three quarters of the default for {@code --workers}. */
  private static final int SHARED_CALLS = 48;

  /** The limits of an operator with as many workers as by default. */
  public CallLimits(double perSecond) {
    this(perSecond, SHARED_CALLS);
  }
}
