package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way in which changes of an account's functions are noticed: by listing them, or by reads of
 * each by its own resource. Changed by one thread at a time; seen by many.
 */
final class SweepMode {

  /** The time after a start in which resources come one by one, and a few are not all. */
  private static final Duration GATHERING = Duration.ofSeconds(2);

  /** The longest time for which a first round waits for resources that come one after another. */
  private static final Duration LONGEST_GATHERING = Duration.ofSeconds(20);

  private static final Duration REMINDER = Duration.ofSeconds(5);

  private final ListedAccount functions;
  private final ReadPace reads;
  private final SweepListener listener;

  /** The least number of pages that the account has; null while that is unknown. */
  private volatile @Nullable Integer pages;

  /** Whether functions are listed: a page has shown that they can be, and it is the cheaper way. */
  private volatile boolean listing;

  /** Whether it is decided that functions are listed, or that they are not. */
  private volatile boolean decided;

  /** Whether to notify again that listing ended: a reconcile may have missed the first time. */
  private volatile boolean remind;

  /** The functions of the Region at the last look before it was decided. */
  private int gathered;

  /** The age of the sweep from which its first page was asked for; null before. */
  private volatile @Nullable Long asked;

  /**
   * Creates a mode that is not decided.
   *
   * @param listener notified where each function is to be read
   */
  SweepMode(ListedAccount functions, ReadPace reads, SweepListener listener) {
    this.functions = functions;
    this.reads = reads;
    this.listener = listener;
  }

  /** Whether functions are listed. */
  boolean isListing() {
    return listing;
  }

  /**
   * Whether to wait for more functions before it is decided: a round says nothing of those that
   * come after their page. To be called at each look before the first round.
   *
   * @param age the time since the sweep was created, in nanoseconds
   */
  boolean awaitsMore(long age) {
    int before = gathered;
    // Of the whole Region: those of a small account come at intervals.
    gathered = functions.watched().total();
    boolean awaits =
        !decided
            && ((functions.size() <= 1 && age < GATHERING.toNanos())
                || (gathered > before && age < LONGEST_GATHERING.toNanos()));
    if (!awaits && asked == null) {
      asked = age;
    }
    return awaits;
  }

  /**
   * Whether no page has come in the time of a first round, so that resources wait in vain.
   *
   * @param age the time since the sweep was created, in nanoseconds
   */
  boolean isOverdue(long age, double perSecond) {
    Long since = asked;
    return !listing
        && since != null
        && age - since >= SweepSchedule.firstPage(expectedPages(), perSecond).toNanos();
  }

  /**
   * Whether functions are listed, or may be once that is decided. If it is decided otherwise, each
   * function is read soon.
   */
  boolean mayList() {
    return listing || !decided;
  }

  /** Whether there are functions, or resources yet to be notified that listing ended. */
  boolean isNeeded() {
    return listing || remind || functions.size() > 0;
  }

  /** The pages of the account, as far as they are known. */
  int expectedPages() {
    Integer known = pages;
    return known == null ? 1 + functions.size() / SweepSchedule.PAGE : known;
  }

  /** The pages of the account, if at least as many were taken. */
  int knownPages(int taken) {
    Integer known = pages;
    return Math.max(taken, known == null ? 1 : known);
  }

  /** Records the pages of a complete round, or the least number that there must be. */
  void hasPages(int counted) {
    pages = counted;
  }

  /** Whether listing costs fewer calls than reading each function. */
  boolean isCheaper() {
    Integer known = pages;
    return functions.size() > 1 && (known == null || known < functions.size());
  }

  /** Begins to list, or continues. */
  void list() {
    listing = true;
    decided = true;
  }

  /** Lists no round now: where that is news, and once more after it, each function is read. */
  void rest() {
    if (listing || !decided) {
      stop();
    } else if (remind) {
      remind = false;
      readEach();
    }
  }

  /** Lists no longer. */
  void stop() {
    listing = false;
    decided = true;
    remind = true;
    readEach();
  }

  /** Functions that a manifest has invented make the reads of others no rarer. */
  private void readEach() {
    for (boolean proven : new boolean[] {true, false}) {
      listener.readEach(functions.listable(proven), reads.ofListed(functions, proven));
    }
  }

  /** The time until the next step where nothing is listed. */
  Duration idle(Duration interval) {
    return remind && REMINDER.compareTo(interval) < 0 ? REMINDER : interval;
  }
}
