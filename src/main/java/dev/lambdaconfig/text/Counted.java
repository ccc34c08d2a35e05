package dev.lambdaconfig.text;

/** Counts in words, such as {@code 1 manifest} and {@code 2 manifests}. */
public final class Counted {

  private Counted() {}

  /** A count with a noun, which gets an s unless it is one. */
  public static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  /** A count with words that are others for one than for several. */
  public static String of(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
