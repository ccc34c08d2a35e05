package dev.lambdaconfig.text;

import java.util.List;

/** Counts in words, such as {@code 1 manifest} and {@code 2 manifests}. */
public final class Counted {

  private Counted() {}

  /** A count with a noun, which gets an s unless it is one. */
  public static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  /** The first of some names, and how many more there are, such as {@code a, b and 3 more}. */
  public static String first(List<String> names, int most) {
    int more = names.size() - most;
    String first = String.join(", ", names.subList(0, Math.min(names.size(), most)));
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** A count with words that are others for one than for several. */
  public static String of(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
