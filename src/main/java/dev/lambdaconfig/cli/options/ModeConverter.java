package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.decision.OperatorMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes the operator's mode in the words of {@code spec.mode}. */
public final class ModeConverter implements ITypeConverter<OperatorMode> {

  @Override
  public OperatorMode convert(String text) {
    return switch (text) {
      case "Enforce" -> OperatorMode.ENFORCE;
      case "Observe" -> OperatorMode.OBSERVE;
      default ->
          throw new TypeConversionException(
              "'" + text + "' is not a mode: write Enforce or Observe");
    };
  }

  /** Returns the word for a mode. */
  public static String word(OperatorMode mode) {
    return switch (mode) {
      case ENFORCE -> "Enforce";
      case OBSERVE -> "Observe";
    };
  }
}
