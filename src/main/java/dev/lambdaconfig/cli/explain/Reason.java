package dev.lambdaconfig.cli.explain;

import java.util.regex.Pattern;

/**
 * A reason of the condition {@code Ready}, in Markdown.
 *
 * @param name the reason
 * @param with the condition that has it: {@code Ready=True}, {@code Reconciling} or {@code Stalled}
 * @param meaning what is so
 * @param whatToDo what a person does about it
 * @param triedAgain when the operator acts again
 */
public record Reason(String name, String with, String meaning, String whatToDo, String triedAgain) {

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");

  /** Returns the same without links and marks of code, for a terminal. */
  Reason plain() {
    return new Reason(name, with, plain(meaning), plain(whatToDo), plain(triedAgain));
  }

  private static String plain(String markdown) {
    return LINK.matcher(markdown).replaceAll("$1").replace("`", "");
  }
}
