package dev.lambdaconfig.aws.sweep;

import org.jspecify.annotations.Nullable;

/** The progress of a round through the pages of a Region's list. Not thread-safe. */
final class SweepRound {

  private long number;
  private long began;
  private int pages;
  private int functions;
  private int changed;
  private @Nullable String marker;

  /** Whether a page of the round has been taken, and not the last one. */
  boolean isUnderWay() {
    return pages > 0;
  }

  /** The number of this round, which ascends. */
  long number() {
    return number;
  }

  /** The steady clock before the call for the first page. */
  long began() {
    return began;
  }

  /** The pages taken so far. */
  int pages() {
    return pages;
  }

  /** The functions listed so far, managed or not. */
  int functions() {
    return functions;
  }

  /** The functions found so far that are to be read. */
  int changed() {
    return changed;
  }

  /** The start of the next page, or null for the first one. */
  @Nullable String marker() {
    return marker;
  }

  /**
   * Takes a page; the first one begins the round.
   *
   * @param callBegan the steady clock before the call for the page
   */
  void took(int listed, @Nullable String nextMarker, long callBegan) {
    if (pages == 0) {
      number++;
      began = callBegan;
      functions = 0;
      changed = 0;
    }
    pages++;
    functions += listed;
    marker = nextMarker;
  }

  /** Counts functions of the last page that are to be read. */
  void found(int more) {
    changed += more;
  }

  /** Ends the round, complete or not: the next page is a first one. */
  void end() {
    pages = 0;
    marker = null;
  }
}
