package dev.lambdaconfig.feature;

/**
 * A rule of the schema.
 *
 * @param passing a spec that it accepts
 * @param failing a spec that it refuses
 * @param message a piece of what it says then
 */
record SchemaRule(String name, String passing, String failing, String message) {

  /** A rule of a field: specs without the name of the function. */
  static SchemaRule field(String name, String passing, String failing, String message) {
    String function = "functionName: orders\n";
    return rule(name, function + passing, function + failing, message);
  }

  static SchemaRule rule(String name, String passing, String failing, String message) {
    return new SchemaRule(name, passing, failing, message);
  }

  @Override
  public String toString() {
    return name;
  }
}
