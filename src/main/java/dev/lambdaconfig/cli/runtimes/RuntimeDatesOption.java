package dev.lambdaconfig.cli.runtimes;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The choice of the list of the ends of runtimes. */
public final class RuntimeDatesOption {

  @Option(
      names = "--runtime-dates",
      paramLabel = "FILE",
      description =
          "A newer list of the days on which AWS ends the support of runtimes, in the form of the"
              + " built-in one.")
  private @Nullable Path file;

  /** Creates the choice of the built-in list. */
  public RuntimeDatesOption() {}

  /**
   * Returns the dates.
   *
   * @throws ParameterException with what is wrong with the file
   */
  public RuntimeDates dates(CommandLine command) {
    if (file == null) {
      return RuntimeDates.known();
    }
    try {
      return RuntimeDates.of(file);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--runtime-dates: " + file + ": " + e.getMessage(), e);
    }
  }
}
