package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The Events that wait to be sent, in several lanes: those of a resource are all in one, in order.
 * Equal ones of a resource are counted as one. It is bounded by memory, not by number: a message
 * can be a thousand characters or ten. Thread-safe.
 */
final class EventQueue {

  /** Memory of an entry besides its texts. */
  private static final int ENTRY_BYTES = 400;

  private static final int CHARACTER_BYTES = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Map<Key, Pending>> lanes = new ArrayList<>();
  private final boolean[] sending;
  private final long mostBytes;
  private long bytes;

  /**
   * An Event that waits.
   *
   * @param suffix the part of its name after the resource's
   * @param once whether the suffix is its identity: one that is sent by another process is not sent
   *     again
   * @param count how often it happened
   */
  record Pending(
      Subject subject,
      Notice notice,
      String suffix,
      boolean once,
      Instant first,
      Instant last,
      int count) {

    /** An Event that happened now, for the first time. */
    static Pending of(
        LambdaFunctionConfig about, Notice notice, String suffix, boolean once, Instant now) {
      return new Pending(Subject.of(about), notice, suffix, once, now, now, 1);
    }

    private Pending with(Pending later) {
      return new Pending(
          subject, notice, suffix, once, first, later.last, once ? count : count + later.count);
    }

    private Key key() {
      return new Key(subject.uid(), notice.reason(), once ? suffix : notice.message());
    }

    private long bytes() {
      int characters =
          notice.message().length()
              + subject.name().length()
              + subject.namespace().length()
              + suffix.length();
      return ENTRY_BYTES + (long) CHARACTER_BYTES * characters;
    }
  }

  /** The resource that an Event is about: not the object, which is far larger. */
  record Subject(
      String apiVersion,
      String kind,
      String namespace,
      String name,
      String uid,
      @Nullable String resourceVersion) {

    private static Subject of(LambdaFunctionConfig about) {
      ObjectMeta metadata = about.getMetadata();
      return new Subject(
          about.getApiVersion(),
          about.getKind(),
          metadata.getNamespace(),
          metadata.getName(),
          metadata.getUid(),
          metadata.getResourceVersion());
    }
  }

  private record Key(String uid, String reason, String detail) {}

  /** The result of adding an Event. */
  enum Added {
    /** Nobody sends from its lane: the caller has to start that. */
    FIRST,
    /** It is sent after those before it. */
    QUEUED,
    /** There is no room. */
    REFUSED
  }

  /** Creates an empty queue. */
  EventQueue(int lanes, long mostBytes) {
    for (int lane = 0; lane < lanes; lane++) {
      this.lanes.add(new LinkedHashMap<>());
    }
    this.sending = new boolean[lanes];
    this.mostBytes = mostBytes;
  }

  /** The lane of a resource. */
  int lane(Subject subject) {
    return Math.floorMod(subject.uid().hashCode(), lanes.size());
  }

  /** Adds an Event. */
  Added add(Pending event) {
    lock.lock();
    try {
      int lane = lane(event.subject());
      Pending equal = lanes.get(lane).get(event.key());
      if (equal != null) {
        lanes.get(lane).put(event.key(), equal.with(event));
        return Added.QUEUED;
      }
      if (bytes + event.bytes() > mostBytes) {
        return Added.REFUSED;
      }
      bytes += event.bytes();
      lanes.get(lane).put(event.key(), event);
      boolean first = !sending[lane];
      sending[lane] = true;
      return first ? Added.FIRST : Added.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the next Event of a lane; where there is none, returns null, and nobody sends there.
   */
  @Nullable Pending next(int lane) {
    lock.lock();
    try {
      var waiting = lanes.get(lane).values().iterator();
      if (!waiting.hasNext()) {
        sending[lane] = false;
        return null;
      }
      Pending next = waiting.next();
      waiting.remove();
      bytes -= next.bytes();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Reports the number of Events that wait. */
  void sizes(StateSizes sizes) {
    lock.lock();
    try {
      sizes.add("EventQueue.lanes", lanes.stream().mapToInt(Map::size).sum());
    } finally {
      lock.unlock();
    }
  }

  /** The number of Events that wait. */
  int size() {
    lock.lock();
    try {
      return lanes.stream().mapToInt(Map::size).sum();
    } finally {
      lock.unlock();
    }
  }
}
