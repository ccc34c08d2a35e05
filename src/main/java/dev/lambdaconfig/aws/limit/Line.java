package dev.lambdaconfig.aws.limit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait with one priority, first come first served.
 *
 * <p>Who does not come when told stops holding up the others after {@link #GRACE}, goes before all
 * others of the line when it comes after all, and loses its place after {@link #EXPIRY} (or a
 * quarter of its wait). Nothing here looks at more than a few at the head. Not thread-safe.
 */
final class Line {

  static final long GRACE = 200_000_000L;
  static final long EXPIRY = 5_000_000_000L;

  /** Every so many calls one belongs to this line, were all others endless. */
  static final int SHARE = 10;

  /** So many are counted one by one; further back, roughly is good enough. */
  private static final int COUNTED = 64;

  /** Came late, and were told to come once more. */
  private final SequencedMap<String, Place> returned = new LinkedHashMap<>();

  private final SequencedMap<String, Place> waiting = new LinkedHashMap<>();

  /** Were to come, and did not. */
  private final SequencedMap<String, Place> absent = new LinkedHashMap<>();

  private long tickets;

  /** Calls granted to all since this line's last, but for what was ahead of its share. */
  private int since;

  int size() {
    return returned.size() + waiting.size() + absent.size();
  }

  /** Without those who do not come. */
  int present() {
    return returned.size() + waiting.size();
  }

  Place join(String who, Priority priority, long now) {
    Place place = new Place(who, priority, tickets++, now);
    waiting.put(who, place);
    return place;
  }

  void leave(Place place) {
    if (returned.remove(place.who) == null && waiting.remove(place.who) == null) {
      absent.remove(place.who);
    }
  }

  /** The holder of a place asks again. */
  void returns(Place place) {
    if (absent.remove(place.who) != null) {
      returned.put(place.who, place);
    }
  }

  /** Takes those who do not come out of the way; tells whose place expired. */
  void tidy(long now, Consumer<Place> expired) {
    stepAside(returned, now);
    stepAside(waiting, now);
    for (Place place = head(absent); place != null && place.isExpired(now); place = head(absent)) {
      absent.pollFirstEntry();
      expired.accept(place);
    }
  }

  private void stepAside(SequencedMap<String, Place> line, long now) {
    for (Place place = head(line); place != null && place.isLate(now); place = head(line)) {
      line.pollFirstEntry();
      absent.put(place.who, place);
    }
  }

  private static @Nullable Place head(SequencedMap<String, Place> line) {
    var entry = line.firstEntry();
    return entry == null ? null : entry.getValue();
  }

  /** How many are before the place, or before one who is to join. */
  int before(@Nullable Place place) {
    if (place == null) {
      return present();
    }
    int counted = 0;
    for (Iterator<Place> line = inOrder(); line.hasNext() && counted < COUNTED; counted++) {
      if (line.next() == place) {
        return counted;
      }
    }
    Place head = head(waiting);
    long tickets = head == null ? 0 : place.ticket - head.ticket;
    return Math.clamp(returned.size() + tickets, Math.min(counted, present()), present());
  }

  /**
   * How many before the place are due, or due soon.
   *
   * @param limit so many suffice
   */
  int dueBefore(@Nullable Place place, long now, long soon, int limit) {
    int due = 0;
    int counted = 0;
    for (Iterator<Place> line = inOrder();
        line.hasNext() && due < limit && counted < limit + COUNTED;
        counted++) {
      Place other = line.next();
      if (other == place) {
        break;
      }
      if (other.isDue(now, soon)) {
        due++;
      }
    }
    return due;
  }

  /**
   * Calls those at the head who were not called yet.
   *
   * @param tokens how many may come, those included who were called and are on their way
   * @return how many of the tokens are left
   */
  int call(long now, int tokens, Consumer<Place> called) {
    int left = tokens;
    List<Place> next = new ArrayList<>();
    for (Iterator<Place> line = inOrder(); line.hasNext() && left > 0; left--) {
      Place place = line.next();
      if (!place.isCalled()) {
        next.add(place);
      }
    }
    next.forEach(
        place -> {
          place.call(now);
          called.accept(place);
        });
    return left;
  }

  private Iterator<Place> inOrder() {
    Iterator<Place> first = returned.values().iterator();
    Iterator<Place> then = waiting.values().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || then.hasNext();
      }

      @Override
      public Place next() {
        return first.hasNext() ? first.next() : then.next();
      }
    };
  }

  /** A call was granted, to this line or another. */
  void granted(boolean toThis) {
    // Twice its share at most may be owed: a line that was empty for an hour does not make up for
    // it.
    since = Math.min(since + 1, 2 * SHARE);
    if (toThis) {
      since = Math.max(0, since - SHARE);
    }
  }

  /** How many calls of other lines may still come before so many of this one. */
  int othersBefore(int ofThis) {
    return Math.max(0, SHARE * (ofThis + 1) - since);
  }
}
