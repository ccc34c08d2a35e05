package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The places of the reconciles that read Secrets and ConfigMaps: a spec can refer to 120 of them,
 * and each read holds a worker. A reconcile without a place does not wait for one, but is granted
 * it later, in the order of its namespace; namespaces take turns.
 *
 * <p>A namespace gets one more place only while it has fewer than are left for all (the dynamic
 * threshold of shared buffers): one namespace takes half of them at most, and leaves some to the
 * others.
 *
 * <p>Thread-safe.
 */
public final class ReadPlaces implements StateSizes.Source {

  /** The places of all namespaces together: an object can have a megabyte. */
  static final int MOST = 6;

  /** Time for which a granted place is kept for a reconcile that does not begin. */
  static final Duration KEPT = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private final Consumer<ResourceID> granted;

  /** The resources with a place, and until when it is kept for them; null while they read. */
  private final Map<ResourceID, @Nullable Long> taken = new HashMap<>();

  /** The resources that came too late for a place that was kept for them, until they come. */
  private final Set<ResourceID> late = new HashSet<>();

  /** The resources that wait, by namespace; the namespace whose turn is next comes first. */
  private final Map<String, Set<ResourceID>> waiting = new LinkedHashMap<>();

  /**
   * Creates places that are all free.
   *
   * @param nanos a steady clock, in nanoseconds
   * @param granted called with a resource for which a place is kept now
   */
  public ReadPlaces(LongSupplier nanos, Consumer<ResourceID> granted) {
    this.nanos = nanos;
    this.granted = granted;
  }

  /** Takes a place for a reconcile, or returns false: the resource waits for a grant then. */
  public boolean tryEnter(ResourceID resource) {
    boolean entered;
    List<ResourceID> next;
    synchronized (this) {
      String namespace = namespace(resource);
      boolean kept = taken.containsKey(resource);
      if (!kept) {
        dropUnused();
      }
      // Resources that wait come first, and before them those whose turn has passed meanwhile.
      boolean hadItsTurn = late.remove(resource);
      boolean isNext = hadItsTurn || !waiting.containsKey(namespace);
      entered = kept || (isNext && room(namespace) > 0);
      if (entered) {
        stopWaiting(resource);
        taken.put(resource, null);
      } else {
        await(resource, hadItsTurn);
      }
      next = grant();
    }
    next.forEach(granted);
    return entered;
  }

  /** Gives the place of a resource back, if it has one, and waits for none. */
  public void leave(ResourceID resource) {
    List<ResourceID> next;
    synchronized (this) {
      taken.remove(resource);
      late.remove(resource);
      stopWaiting(resource);
      dropUnused();
      next = grant();
    }
    next.forEach(granted);
  }

  private void await(ResourceID resource, boolean first) {
    Set<ResourceID> line =
        waiting.computeIfAbsent(namespace(resource), name -> new LinkedHashSet<>());
    if (first) {
      List<ResourceID> others = List.copyOf(line);
      line.clear();
      line.add(resource);
      line.addAll(others);
    } else {
      line.add(resource);
    }
  }

  private void stopWaiting(ResourceID resource) {
    Set<ResourceID> ofNamespace = waiting.get(namespace(resource));
    if (ofNamespace != null && ofNamespace.remove(resource) && ofNamespace.isEmpty()) {
      waiting.remove(namespace(resource));
    }
  }

  /** Drops the places of resources that were granted one and need none, such as suspended ones. */
  private void dropUnused() {
    long now = nanos.getAsLong();
    taken
        .entrySet()
        .removeIf(
            place -> {
              Long until = place.getValue();
              boolean unused = until != null && until - now <= 0;
              if (unused) {
                late.add(place.getKey());
              }
              return unused;
            });
  }

  private List<ResourceID> grant() {
    List<ResourceID> next = new ArrayList<>();
    String namespace = nextNamespace();
    while (namespace != null) {
      Set<ResourceID> ofNamespace = Objects.requireNonNull(waiting.remove(namespace));
      ResourceID first = ofNamespace.iterator().next();
      ofNamespace.remove(first);
      if (!ofNamespace.isEmpty()) {
        waiting.put(namespace, ofNamespace);
      }
      taken.put(first, nanos.getAsLong() + KEPT.toNanos());
      next.add(first);
      namespace = nextNamespace();
    }
    return next;
  }

  private @Nullable String nextNamespace() {
    return waiting.keySet().stream().filter(each -> room(each) > 0).findFirst().orElse(null);
  }

  /** The number of places that a namespace can take now. */
  private int room(String namespace) {
    long own = taken.keySet().stream().filter(each -> namespace.equals(namespace(each))).count();
    int left = MOST - taken.size();
    return Math.max(0, (left - (int) own + 1) / 2);
  }

  private static String namespace(ResourceID resource) {
    return resource.getNamespace().orElse("");
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("ReadPlaces.taken", taken.size());
    sizes.add("ReadPlaces.late", late.size());
    sizes.add("ReadPlaces.waiting", waiting.values().stream().mapToInt(Set::size).sum());
  }
}
