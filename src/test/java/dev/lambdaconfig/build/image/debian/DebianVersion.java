package dev.lambdaconfig.build.image.debian;

/**
 * A version of a Debian package, in the order of {@code deb-version(7)}: epoch, upstream version,
 * revision; digits by number, {@code ~} before the end, letters before the rest.
 *
 * @param text as written
 */
record DebianVersion(String text) implements Comparable<DebianVersion> {

  @Override
  public int compareTo(DebianVersion other) {
    int order = Integer.compare(epoch(), other.epoch());
    if (order == 0) {
      order = compare(upstream(), other.upstream());
    }
    return order == 0 ? compare(revision(), other.revision()) : order;
  }

  private int epoch() {
    int colon = text.indexOf(':');
    return colon < 0 ? 0 : Integer.parseInt(text.substring(0, colon));
  }

  private String upstream() {
    String rest = text.substring(text.indexOf(':') + 1);
    int dash = rest.lastIndexOf('-');
    return dash < 0 ? rest : rest.substring(0, dash);
  }

  private String revision() {
    int dash = text.lastIndexOf('-');
    return dash < 0 ? "" : text.substring(dash + 1);
  }

  private static int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() || j < other.length()) {
      while (isOther(one, i) || isOther(other, j)) {
        int order = Integer.compare(weight(one, i), weight(other, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int oneEnd = endOfDigits(one, i);
      int otherEnd = endOfDigits(other, j);
      int order = Long.compare(number(one, i, oneEnd), number(other, j, otherEnd));
      if (order != 0) {
        return order;
      }
      i = oneEnd;
      j = otherEnd;
    }
    return 0;
  }

  private static boolean isOther(String text, int at) {
    return at < text.length() && !isDigit(text.charAt(at));
  }

  private static int endOfDigits(String text, int start) {
    int at = start;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return Math.max(at, start);
  }

  private static long number(String text, int start, int end) {
    return start >= end ? 0 : Long.parseLong(text.substring(start, end));
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static int weight(String text, int at) {
    if (at >= text.length() || isDigit(text.charAt(at))) {
      return 0;
    }
    char letter = text.charAt(at);
    if (letter == '~') {
      return -1;
    }
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z')
        ? letter
        : letter + 256;
  }
}
