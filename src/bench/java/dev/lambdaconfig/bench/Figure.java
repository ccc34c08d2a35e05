package dev.lambdaconfig.bench;

/** What is measured besides times and counts. */
enum Figure {
  LONGEST_SWEEP("longest sweep, s"),
  SWEEP_INTERVAL("sweep interval, s"),
  BETWEEN_READS("time between two reads of a function that no list shows, s"),
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
