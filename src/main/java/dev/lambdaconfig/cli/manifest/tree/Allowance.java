package dev.lambdaconfig.cli.manifest.tree;

/**
 * The size that all texts together may have: a few bytes of aliases can stand for gigabytes, and
 * each value takes more memory than its text.
 */
public final class Allowance {

  /** Maximum number of values. */
  static final int VALUES = 1_000_000;

  /** Maximum number of characters that aliases repeat. */
  static final int REPEATED = 1_000_000;

  private int values = VALUES;
  private long repeated = REPEATED;

  void takeValue(Position at) throws TextFaultException {
    values--;
    if (values < 0) {
      throw new TextFaultException(
          at, "the manifests have more than " + VALUES + " values: read fewer at once");
    }
  }

  void takeRepeated(long characters, Position at) throws TextFaultException {
    repeated -= characters;
    if (repeated < 0) {
      throw new TextFaultException(
          at,
          "the aliases repeat more than "
              + REPEATED
              + " characters: write the values here instead of an alias");
    }
  }

  /** Returns the remaining allowance, for a text that is read a second time. */
  Allowance copy() {
    Allowance copy = new Allowance();
    copy.values = values;
    copy.repeated = repeated;
    return copy;
  }

  void reset(Allowance to) {
    values = to.values;
    repeated = to.repeated;
  }
}
