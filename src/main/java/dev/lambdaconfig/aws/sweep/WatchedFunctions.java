package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of each managed function of one Region, and which of them a page of the list
 * shows to have changed. Times are those of a steady clock, in nanoseconds.
 */
final class WatchedFunctions {

  /** So often a setting that changed without a new revision may turn out to be no change. */
  private static final int VAIN = 3;

  /** Missing from one round is not deleted: pages move while they are read. */
  private static final int GONE_AFTER = 2;

  /** One resource and its function. */
  private static final class Watched {
    private final String uid;
    private final String name;
    private final @Nullable String account;
    private final long since;

    /** The last revision that was read; null for never, or that there is no such function. */
    private @Nullable String revision;

    /** When the last answer about it came. */
    private long seenAt;

    /** An update is sent or runs: its revision moves by itself. */
    private boolean settling;

    /** Whether anything was answered of it; until then its own first read is on the way. */
    private boolean sighted;

    /** Whether there is such a function: without revisions null says nothing. */
    private boolean known;

    /** The revision that a list showed and that a read was asked for. */
    private @Nullable String asked;

    /** The settings that the last page showed, and whether any did. */
    private int settings;

    private boolean listed;

    /** What the last read answered, and how often a page pointed at it for nothing. */
    private int answered;

    private int vain;
    private int absences;
    private long round;

    /** A list that began after the last change showed that it is what was read. */
    private boolean confirmed;

    Watched(String uid, String name, @Nullable String account, long now) {
      this.uid = uid;
      this.name = name;
      this.account = account;
      this.since = now;
      this.seenAt = now;
    }
  }

  /**
   * A function as a read or an update answered it.
   *
   * @param found whether there is such a function
   * @param settled whether nothing runs on it, so that its revision stays
   * @param answered a hash of the answer
   */
  record Sighting(boolean found, @Nullable String revisionId, boolean settled, int answered) {
    /** There is no such function. */
    static final Sighting NONE = new Sighting(false, null, true, 0);
  }

  private final String region;
  private final Map<String, Watched> byUid = new HashMap<>();
  private final Map<String, Map<String, Watched>> byName = new HashMap<>();
  private @Nullable String home;

  /** How many are in an account that the list does not show. */
  private int foreign;

  WatchedFunctions(String region) {
    this.region = region;
  }

  /** The Region of the functions. */
  String region() {
    return region;
  }

  /**
   * Watches a function, unless it is watched already.
   *
   * @param account the account that the resource names, or null
   * @param revision the revision that is known of it from before, or null
   */
  synchronized void watch(
      String uid, String name, @Nullable String account, @Nullable String revision, long now) {
    if (byUid.containsKey(uid)) {
      return;
    }
    Watched watched = new Watched(uid, name, account, now);
    watched.revision = revision;
    watched.known = revision != null;
    watched.sighted = watched.known;
    byUid.put(uid, watched);
    foreign += isForeign(watched) ? 1 : 0;
    byName.computeIfAbsent(name, any -> new LinkedHashMap<>()).put(uid, watched);
  }

  synchronized void forget(String uid) {
    Watched watched = byUid.remove(uid);
    if (watched != null) {
      foreign -= isForeign(watched) ? 1 : 0;
      byName.computeIfPresent(
          watched.name,
          (name, namesakes) -> {
            namesakes.remove(uid);
            return namesakes.isEmpty() ? null : namesakes;
          });
    }
  }

  /**
   * Notes what a read or an update answered.
   *
   * @param sighting the function as it was answered, or that there is none
   */
  synchronized void seen(String uid, Sighting sighting, long now) {
    Watched watched = byUid.get(uid);
    if (watched == null) {
      return;
    }
    if (watched.answered != sighting.answered()) {
      watched.answered = sighting.answered();
      watched.vain = 0;
      // What pages showed before, perhaps of before our own update, says nothing any more.
      watched.listed = false;
    }
    watched.revision = sighting.revisionId();
    watched.known = sighting.found();
    watched.sighted = true;
    watched.settling = sighting.found() && !sighting.settled();
    watched.seenAt = now;
    watched.confirmed = false;
    watched.absences = 0;
  }

  /**
   * Notes that an update is sent, or that it came to nothing: a page may show what it does before
   * its answer is here.
   */
  synchronized void updating(String uid, boolean underWay) {
    Watched watched = byUid.get(uid);
    if (watched != null) {
      watched.settling = underWay;
    }
  }

  /** The account whose functions are listed, once a page has shown it. */
  synchronized void isHome(String account) {
    if (!account.equals(home)) {
      home = account;
      foreign = (int) byUid.values().stream().filter(this::isForeign).count();
    }
  }

  /** Whether the function is in an account that the list does not show. */
  synchronized boolean isForeign(String uid) {
    Watched watched = byUid.get(uid);
    return watched != null && isForeign(watched);
  }

  private boolean isForeign(Watched watched) {
    return watched.account != null && home != null && !watched.account.equals(home);
  }

  /** How many functions the list could show. */
  synchronized int size() {
    return byUid.size() - foreign;
  }

  /** How many functions are watched, wherever they are. */
  synchronized int total() {
    return byUid.size();
  }

  synchronized List<String> uids() {
    return List.copyOf(byUid.keySet());
  }

  /** Whether a list has shown the function to be what was last known of it. */
  synchronized boolean isConfirmed(String uid) {
    Watched watched = byUid.get(uid);
    return watched != null && watched.confirmed;
  }

  /**
   * Compares a page with what was last seen.
   *
   * @param began when the page was asked for: what was seen since is newer than the page
   * @return the resources whose function is to be read
   */
  synchronized List<String> compare(List<ListedFunction> page, long round, long began) {
    List<String> changed = new ArrayList<>();
    for (ListedFunction function : page) {
      for (Watched watched : byName.getOrDefault(function.name(), Map.of()).values()) {
        boolean another =
            watched.account != null
                && function.account() != null
                && !watched.account.equals(function.account());
        if (!another && isChanged(watched, function, round, began)) {
          changed.add(watched.uid);
        }
      }
    }
    return changed;
  }

  private static boolean isChanged(
      Watched watched, ListedFunction function, long round, long began) {
    watched.round = round;
    watched.absences = 0;
    if (!watched.sighted || watched.settling || began - watched.seenAt < 0) {
      return false;
    }
    String revision = function.revisionId();
    // Without revisions the first page after a read can show a change that came between the two.
    boolean sameSettings =
        watched.listed ? watched.settings == function.settings() : revision != null;
    watched.settings = function.settings();
    watched.listed = true;
    if (watched.known && (revision == null || revision.equals(watched.revision))) {
      if (sameSettings || watched.vain >= VAIN) {
        watched.confirmed = true;
        return false;
      }
      watched.vain++;
      watched.confirmed = false;
      return true;
    }
    watched.confirmed = false;
    // One read for each new revision: should it answer another one, the list was behind.
    String shown = Objects.requireNonNullElse(revision, "");
    if (shown.equals(watched.asked)) {
      return false;
    }
    watched.asked = shown;
    return true;
  }

  /** The resources whose function a whole round did not show, twice in a row. */
  synchronized List<String> missing(long round, long began) {
    List<String> missing = new ArrayList<>();
    for (Watched watched : byUid.values()) {
      boolean lookedFor = watched.known && !isForeign(watched) && began - watched.since >= 0;
      if (lookedFor && watched.round != round && ++watched.absences == GONE_AFTER) {
        missing.add(watched.uid);
      }
    }
    return missing;
  }
}
