package dev.lambdaconfig.authorization;

import dev.lambdaconfig.text.Counted;
import java.util.List;

/** A policy file that cannot be used, with everything that is wrong with it. */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The problems that the message lists: a file can have one for each of its numbers. */
  private static final int LISTED = 50;

  PolicyException(List<String> problems) {
    super(listed(problems));
  }

  private static String listed(List<String> problems) {
    String listed = String.join("\n", problems.subList(0, Math.min(LISTED, problems.size())));
    int more = problems.size() - LISTED;
    return more <= 0 ? listed : listed + "\nand " + Counted.of(more, "more problem");
  }
}
