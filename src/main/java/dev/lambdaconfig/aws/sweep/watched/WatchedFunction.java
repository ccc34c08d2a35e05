package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One resource and what was last seen of its function. Times are those of a steady clock, in
 * nanoseconds. Guarded by {@link WatchedFunctions}.
 */
public final class WatchedFunction {

  /**
   * The reads that a page may cause for nothing: by settings that changed without a new revision
   * and are no change, or by a revision that no read answers. A read can be as old as a list.
   */
  private static final int VAIN = 3;

  /**
   * The time before a revision is asked for again after that many reads in vain, in seconds: it
   * doubles from the first to the last. What made a read useless may have passed, and a read that
   * was asked for may have failed without an answer.
   */
  private static final int FIRST_PAUSE = (int) Duration.ofMinutes(5).toSeconds();

  private static final int LAST_PAUSE = (int) Duration.ofMinutes(30).toSeconds();

  /** More would overflow. */
  private static final int MOST_DOUBLINGS = 10;

  /** The rounds that miss a function before it counts as gone: docs/aws.md#list-lags. */
  private static final int GONE_AFTER = 2;

  /**
   * A page of a list.
   *
   * @param round the round that it is of
   * @param began the start of the call for it: what was seen since is newer than the page
   * @param session the session that read it; empty for the operator's own identity. A function may
   *     count as in order because of it only if its resource uses the same session: what one
   *     identity may list another need not be allowed to know
   */
  record Page(long round, long began, String session) {}

  private static final int UUID_LENGTH = 36;

  private final String uid;
  private final String name;
  private final @Nullable String account;
  private final long since;

  /** The session of an identity that may list it, because STS named its account; or null. */
  private @Nullable String lister;

  /**
   * The last revision that was read, {@linkplain #compact compact}; null before the first, or where
   * there is no function.
   */
  private @Nullable Object revision;

  /** The time of the last answer about it. */
  private long seenAt;

  /** Whether an update is sent or runs, so that the revision moves by itself. */
  private boolean settling;

  /** Whether an answer about it has come; until then its own first read is on the way. */
  private boolean sighted;

  /** Whether there is such a function: on endpoints without revisions, null says nothing. */
  private boolean known;

  /** The revision that a list showed and that reads were asked for. */
  private @Nullable String asked;

  /** The reads that were asked for by that revision, and whether one is still to answer. */
  private int asks;

  private boolean awaited;

  /** The time at which the last one was asked for, in seconds. */
  private int askedAt;

  /** The settings that the last page showed, and whether any page did. */
  private int settings;

  private boolean listed;

  /** The hash of the last answer, and the reads since that a page caused for nothing. */
  private int answered;

  private int vain;
  private int absences;
  private long round;

  /** Whether a list of its own identity, begun after the last change, showed what was read. */
  private boolean confirmed;

  /**
   * Watches a function from now on.
   *
   * @param account the account that the resource names, or null
   * @param revision the revision that is known of it from before, or null
   */
  public WatchedFunction(
      String uid, String name, @Nullable String account, @Nullable String revision, long now) {
    this.uid = uid;
    this.name = name;
    this.account = account;
    this.since = now;
    this.seenAt = now;
    this.revision = compact(revision);
    this.known = revision != null;
    this.sighted = known;
  }

  /**
   * Records that its resource acts as an identity of the function's account.
   *
   * @param session the key of the identity's session
   */
  public WatchedFunction listedBy(String session) {
    lister = session;
    return this;
  }

  /** The session of an identity that may list the function, or null. */
  @Nullable String lister() {
    return lister;
  }

  String uid() {
    return uid;
  }

  String name() {
    return name;
  }

  /** Whether the function is in another account than the one whose functions are listed. */
  boolean isOutside(@Nullable String home) {
    return account != null && (home == null ? lister != null : !account.equals(home));
  }

  /** The account that the resource names, or null. */
  @Nullable String account() {
    return account;
  }

  /**
   * Whether there is such a function, as a read has shown, or its resource acts in its account:
   * others must not be read more rarely because of functions that a manifest invents.
   */
  boolean isProven() {
    return lister != null || known;
  }

  /** The account that an identity of its resource may list, or null. */
  public @Nullable String listedAccount() {
    return lister == null ? null : account;
  }

  boolean isConfirmed() {
    return confirmed;
  }

  /** Whether it has been watched since before a time, so that pages from then on count. */
  boolean isWatchedSince(long nanos) {
    return nanos - since >= 0;
  }

  /** Records what a read or an update answered. */
  void seen(Sighting sighting, long now) {
    if (answered != sighting.answered()) {
      answered = sighting.answered();
      vain = 0;
      // Pages from before, perhaps from before the operator's own update, say nothing any more.
      listed = false;
    }
    revision = compact(sighting.revisionId());
    known = sighting.found();
    sighted = true;
    settling = sighting.found() && !sighting.settled();
    seenAt = now;
    awaited = false;
    confirmed = false;
    absences = 0;
  }

  /** Records that an update is sent, or that it came to nothing. */
  void updating(boolean underWay) {
    settling = underWay;
  }

  /**
   * Compares an entry of the list with what was last seen.
   *
   * @return whether the function is to be read
   */
  boolean isChangedIn(ListedFunction entry, Page page) {
    if (entry.account() != null && isOutside(entry.account())) {
      return false;
    }
    round = page.round();
    absences = 0;
    if (!sighted || settling || page.began() - seenAt < 0) {
      return false;
    }
    boolean sameRevision =
        known
            && (entry.revisionId() == null
                || Objects.equals(compact(entry.revisionId()), revision));
    boolean changed = sameRevision ? isChangedWithoutRevision(entry) : isNewRevision(entry, page);
    confirmed &= page.session().equals(lister == null ? "" : lister);
    settings = entry.settings();
    listed = true;
    return changed;
  }

  /** Whether settings moved and the revision did not: docs/aws.md#revision-moves-without-change. */
  private boolean isChangedWithoutRevision(ListedFunction entry) {
    // Without revisions the first page after a read can show a change that came between the two.
    boolean same = listed ? settings == entry.settings() : entry.revisionId() != null;
    confirmed = same || vain >= VAIN;
    if (!confirmed) {
      vain++;
    }
    return !confirmed;
  }

  /**
   * Whether to read because of this revision. A read that answers another one was behind, or the
   * list is: which of them, only more reads can tell, and a list that lags must not cause many.
   */
  private boolean isNewRevision(ListedFunction entry, Page page) {
    confirmed = false;
    int now = (int) Duration.ofNanos(page.began()).toSeconds();
    String shown = Objects.requireNonNullElse(entry.revisionId(), "");
    if (!shown.equals(asked)) {
      asked = shown;
      asks = 0;
    } else if (now - askedAt < pause()) {
      return false;
    }
    asks++;
    awaited = true;
    askedAt = now;
    return true;
  }

  /** The seconds before the same revision is asked for again. */
  private int pause() {
    if (asks < VAIN) {
      return awaited ? FIRST_PAUSE : 0;
    }
    return Math.min(FIRST_PAUSE << Math.min(asks - VAIN, MOST_DOUBLINGS), LAST_PAUSE);
  }

  /** Whether a complete round has missed the function for the second time in a row. */
  boolean isMissingFrom(long ended, long began) {
    return known && isWatchedSince(began) && round != ended && ++absences == GONE_AFTER;
  }

  /** A RevisionId in a third of the memory, if it is a UUID, as those of AWS are; else itself. */
  private static @Nullable Object compact(@Nullable String revision) {
    if (revision == null || revision.length() != UUID_LENGTH) {
      return revision;
    }
    try {
      UUID uuid = UUID.fromString(revision);
      return uuid.toString().equals(revision) ? uuid : revision;
    } catch (IllegalArgumentException e) {
      return revision;
    }
  }
}
