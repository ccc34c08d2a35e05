package dev.lambdaconfig.cli.plan.report;

/** The operator's next act on a function, were the manifest applied. */
public enum PlannedAction {
  /** Nothing. */
  NONE("none"),
  /** It would send one update. */
  UPDATE("update"),
  /** It could not do what the manifest says, or it is not known what it would do. */
  ERROR("error");

  private final String text;

  PlannedAction(String text) {
    this.text = text;
  }

  /** The word for it. */
  public String text() {
    return text;
  }
}
