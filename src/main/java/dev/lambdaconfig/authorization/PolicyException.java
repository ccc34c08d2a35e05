package dev.lambdaconfig.authorization;

import java.util.List;

/** A policy file that cannot be used, with everything that is wrong with it. */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1L;

  PolicyException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
