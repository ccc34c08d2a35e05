package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.format.StandardStream;
import dev.lambdaconfig.cli.plan.PlanOptions.Colour;
import java.util.Map;

/** What is known of where the standard streams lead. */
final class TerminalDetection {

  private final Map<String, String> environment;

  TerminalDetection(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether to colour standard output. */
  boolean coloured(Colour colour) {
    return switch (colour) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          !environment.getOrDefault("TERM", "dumb").equals("dumb")
              && StandardStream.OUT.showsColours(environment);
    };
  }

  /** Whether a line on standard error can be replaced by a later one. */
  boolean showsProgress() {
    return StandardStream.ERR.isTerminal();
  }
}
