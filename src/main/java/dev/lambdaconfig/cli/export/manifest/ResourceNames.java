package dev.lambdaconfig.cli.export.manifest;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names of resources, which come from those of functions: the same function has the same name
 * each time, and no two functions share one.
 *
 * <p>Most names of functions are names of Kubernetes as well. In the others, capital letters become
 * small ones and underscores become dashes; a dot and a number follow, of which each bit says
 * whether the character at its place is another one. No function has a dot in its name, so that
 * neither kind of name can be taken for the other, and each can be read back.
 */
public final class ResourceNames {

  private static final String ADDED = "x";
  private static final int HEXADECIMAL = 16;

  /** The mark of a name that got another first character. */
  private static final String STARTS = "s";

  /** The mark of a name that got another last character. */
  private static final String ENDS = "t";

  private ResourceNames() {}

  /**
   * The name of the resource of a function.
   *
   * @param functionName the bare name of the function
   * @param region the Region to add to the name, where functions of several are exported; or null
   */
  public static String of(String functionName, @Nullable String region) {
    String name = unique(functionName);
    return region == null ? name : name + "." + region;
  }

  private static String unique(String functionName) {
    String lower = functionName.toLowerCase(Locale.ROOT).replace('_', '-');
    boolean starts = lower.startsWith("-");
    boolean ends = lower.endsWith("-");
    if (lower.equals(functionName) && !starts && !ends) {
      return functionName;
    }
    BigInteger changed = BigInteger.ZERO;
    for (int i = 0; i < functionName.length(); i++) {
      if (functionName.charAt(i) != lower.charAt(i)) {
        changed = changed.setBit(i);
      }
    }
    return (starts ? ADDED : "")
        + lower
        + (ends ? ADDED : "")
        + "."
        + changed.toString(HEXADECIMAL)
        + (starts ? STARTS : "")
        + (ends ? ENDS : "");
  }
}
