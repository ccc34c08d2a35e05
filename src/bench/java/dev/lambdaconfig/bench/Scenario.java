package dev.lambdaconfig.bench;

import java.util.Locale;

/** What is measured. */
enum Scenario {
  /** Planning alone, in process. */
  PLAN("plan one function"),
  /** Instead of {@link #CONVERGE}, where that is left out: resources of functions in sync. */
  ADOPT("adopt all, in sync"),
  CONVERGE("converge all"),
  CHANGE("change one field of all"),
  STEADY("steady state"),
  DRIFT("drift 1 %"),
  RESTART("restart"),
  /** Only where it is asked for: it takes as long as it is told to. */
  CHURN("churn"),
  /** Only where it is asked for: many functions in many accounts and Regions. */
  ESTATE("estate"),
  /** Only where it is asked for: memory beside Secrets that no resource refers to. */
  SECRETS("10,000 unrelated Secrets"),
  /** Only where it is asked for: a Secret that a whole fleet shares. */
  ROTATION("rotate a shared Secret");

  private final String title;

  Scenario(String title) {
    this.title = title;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** As the command line writes it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
