package dev.lambdaconfig.bench;

/** What is measured besides times and counts. */
enum Figure {
  LONGEST_SWEEP("longest sweep, s"),
  SWEEP_INTERVAL("sweep interval, s"),
  BETWEEN_READS("time between two reads of a function that no list shows, s"),
  OLDEST_ROUND("time since the last round of an account and Region, longest, s"),
  LISTED("functions that the last rounds listed"),
  LIVE_HEAP("heap after a collection, bytes"),
  ROUNDS("rounds that had ended when all accounts and Regions were listed"),
  METRICS_PAGE("metrics page, bytes"),
  RESOURCE("a resource as JSON, bytes");

  private final String text;

  Figure(String text) {
    this.text = text;
  }

  /** For people and programs. */
  String text() {
    return text;
  }
}
