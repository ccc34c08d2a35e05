package dev.lambdaconfig.cli;

import dev.lambdaconfig.plan.OperatorMode;
import picocli.CommandLine.TypeConversionException;

/** The operator's mode, in the words of {@code spec.mode}. */
final class ModeConverter {

  private ModeConverter() {}

  static String word(OperatorMode mode) {
    return switch (mode) {
      case ENFORCE -> "Enforce";
      case OBSERVE -> "Observe";
    };
  }

  static OperatorMode parse(String text) {
    return switch (text) {
      case "Enforce" -> OperatorMode.ENFORCE;
      case "Observe" -> OperatorMode.OBSERVE;
      default ->
          throw new TypeConversionException("'" + text + "' is no mode: write Enforce or Observe");
    };
  }
}
