package dev.lambdaconfig.aws.limit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, and who goes before whom: the more urgent first, then who came first.
 *
 * <p>But of each ten calls one belongs to reads, one to looks at running updates and one to sweeps,
 * where they want it, so that endless writes leave each of them a tenth (and keep seven tenths).
 * Each line counts the calls that were granted since its own last one; from ten on it is owed the
 * next. Not thread-safe.
 */
final class Places {

  private final Map<Priority, Line> lines = new EnumMap<>(Priority.class);
  private final Map<String, Place> places = new HashMap<>();

  Places() {
    for (Priority priority : Priority.values()) {
      lines.put(priority, new Line());
    }
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  int size(Priority priority, long now) {
    tidy(now);
    return line(priority).size();
  }

  /** The place of one who asks; null if there is none, or none any longer, or of another line. */
  @Nullable Place find(String who, Priority priority, long now) {
    tidy(now);
    Place place = places.get(who);
    if (place == null) {
      return null;
    }
    if (place.priority != priority || place.isExpired(now)) {
      leave(who);
      return null;
    }
    line(priority).returns(place);
    return place;
  }

  Place join(String who, Priority priority, long now) {
    Place place = line(priority).join(who, priority, now);
    places.put(who, place);
    return place;
  }

  void leave(String who) {
    Place place = places.remove(who);
    if (place != null) {
      line(place.priority).leave(place);
    }
  }

  /** A call was granted to one of this line, with a place or without. */
  void granted(Priority priority) {
    lines.forEach((other, line) -> line.granted(other == priority));
  }

  /**
   * How many are due, or due soon, who go before one.
   *
   * @param place null for a newcomer
   * @param limit so many of a line suffice
   */
  int ownedBefore(@Nullable Place place, Priority priority, long now, long soon, int limit) {
    int owned = line(priority).dueBefore(place, now, soon, limit);
    // Not so a newcomer: it would overtake those who come as they were told.
    boolean owed = place != null && isOwed(priority, line(priority).before(place));
    for (Priority other : Priority.values()) {
      boolean moreUrgent = other.compareTo(priority) < 0;
      if (moreUrgent && !owed) {
        owned += line(other).dueBefore(null, now, soon, limit);
      } else if (other != priority && isOwed(other, 0) && moreUrgent == owed) {
        // Of those who are owed a call, the more urgent again: two that gave way to each other
        // would both wait for ever.
        owned += line(other).dueBefore(null, now, soon, 1);
      }
    }
    return owned;
  }

  /**
   * How many calls will be granted before this one, if nobody else comes.
   *
   * @param place null for a newcomer
   */
  int ahead(@Nullable Place place, Priority priority) {
    int own = line(priority).before(place);
    int before = own;
    int behind = 0;
    int shares = 0;
    for (Priority other : Priority.values()) {
      int present = line(other).present();
      if (other.compareTo(priority) < 0) {
        before += present;
      } else if (other != priority && present > 0) {
        behind += present;
        shares++;
      }
    }
    before += Math.min(behind, before * shares / (Line.SHARE - shares));
    return priority == Priority.WRITE ? before : Math.min(before, line(priority).othersBefore(own));
  }

  /**
   * Calls those who go next: first one of each line that is owed a call, then by priority.
   *
   * @param tokens how many may come, those included who were called and are on their way
   */
  List<String> call(long now, int tokens) {
    tidy(now);
    List<String> called = new ArrayList<>();
    int left = tokens;
    for (Priority priority : Priority.values()) {
      if (left > 0 && isOwed(priority, 0)) {
        left -= 1 - line(priority).call(now, 1, place -> called.add(place.who));
      }
    }
    for (Priority priority : Priority.values()) {
      left = line(priority).call(now, left, place -> called.add(place.who));
    }
    return called;
  }

  int size(long now) {
    tidy(now);
    return places.size();
  }

  private boolean isOwed(Priority priority, int before) {
    return priority != Priority.WRITE && line(priority).othersBefore(before) == 0;
  }

  private void tidy(long now) {
    lines.values().forEach(line -> line.tidy(now, expired -> places.remove(expired.who)));
  }

  private Line line(Priority priority) {
    return Objects.requireNonNull(lines.get(priority));
  }
}
