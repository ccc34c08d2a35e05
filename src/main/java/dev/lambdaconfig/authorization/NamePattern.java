package dev.lambdaconfig.authorization;

/**
 * A pattern of names, in which {@code *} stands for any characters, also none, also {@code /} and
 * {@code :}. All other characters stand for themselves.
 *
 * @param text the pattern as the file has it
 */
record NamePattern(String text) {

  /** Whether a name matches. The time is at most the product of both lengths. */
  boolean matches(String name) {
    int pattern = 0;
    int star = -1;
    int resumed = 0;
    for (int at = 0; at < name.length(); ) {
      if (pattern < text.length() && text.charAt(pattern) == '*') {
        star = pattern++;
        resumed = at;
      } else if (pattern < text.length() && text.charAt(pattern) == name.charAt(at)) {
        pattern++;
        at++;
      } else if (star >= 0) {
        pattern = star + 1;
        at = ++resumed;
      } else {
        return false;
      }
    }
    while (pattern < text.length() && text.charAt(pattern) == '*') {
      pattern++;
    }
    return pattern == text.length();
  }
}
