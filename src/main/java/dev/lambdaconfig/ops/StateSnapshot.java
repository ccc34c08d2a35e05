package dev.lambdaconfig.ops;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.lambdaconfig.debug.StateSizes;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The state of this process, as JSON: the size of each collection that grows with its work, its
 * threads, open descriptors and heap. Numbers only: no name, account or value of a tenant.
 */
public final class StateSnapshot implements Supplier<String> {

  private final List<StateSizes.Source> sources;

  /** Creates a snapshot of what these parts keep. */
  public StateSnapshot(List<StateSizes.Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Returns the JSON of this moment. */
  @Override
  public String get() {
    StateSizes sizes = new StateSizes();
    sources.forEach(source -> source.sizes(sizes));
    return "{\n"
        + "  \"process\": "
        + json(process())
        + ",\n  \"sizes\": "
        + json(sizes.byName())
        + "\n}\n";
  }

  private static SortedMap<String, Long> process() {
    SortedMap<String, Long> facts = new TreeMap<>();
    facts.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
    facts.put(
        "loadedClasses", (long) ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    facts.put("heapUsedBytes", heap.getUsed());
    facts.put("heapCommittedBytes", heap.getCommitted());
    facts.put(
        "nonHeapUsedBytes", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      facts.put("openDescriptors", unix.getOpenFileDescriptorCount());
    }
    return facts;
  }

  /** Names are those of fields, which need no escapes. */
  private static String json(SortedMap<String, Long> numbers) {
    return numbers.entrySet().stream()
        .map(
            (Map.Entry<String, Long> entry) ->
                "    \"" + entry.getKey() + "\": " + entry.getValue())
        .collect(Collectors.joining(",\n", "{\n", "\n  }"));
  }
}
