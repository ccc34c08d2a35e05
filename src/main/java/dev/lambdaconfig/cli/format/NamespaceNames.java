package dev.lambdaconfig.cli.format;

import org.jspecify.annotations.Nullable;

/** The names that a namespace can have. Any other text would lead to another path of the API. */
public final class NamespaceNames {

  private NamespaceNames() {}

  /** Returns whether a namespace can have this name. */
  public static boolean canBe(String text) {
    return text.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  }

  /** Returns what is wrong with the value of an option that names a namespace, or null. */
  public static @Nullable String problem(String option, String text) {
    return canBe(text)
        ? null
        : "%s: '%s' is not the name of a namespace: write lower-case letters, digits and -, such as"
                .formatted(option, text)
            + " team-a";
  }
}
