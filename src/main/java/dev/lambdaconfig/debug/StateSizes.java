package dev.lambdaconfig.debug;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sizes of collections at one moment, by class and field, such as {@code
 * RequeueTimer.followUps}. Those of several objects of a class are added up. Not thread-safe.
 */
public final class StateSizes {

  /** A part of the process that keeps something for a resource, Region, account or call. */
  @FunctionalInterface
  public interface Source {

    /** Adds the sizes of its collections; from any thread. */
    void sizes(StateSizes sizes);
  }

  private final SortedMap<String, Long> byName = new TreeMap<>();

  /** Adds the size of a collection to those of the same name. */
  public void add(String name, long size) {
    byName.merge(name, size, Long::sum);
  }

  /** The sizes by name. */
  public SortedMap<String, Long> byName() {
    return Collections.unmodifiableSortedMap(byName);
  }
}
