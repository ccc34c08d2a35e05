package dev.lambdaconfig.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the default of an option from its environment variable, such as {@code
 * LAMBDA_CONFIG_SWEEP_INTERVAL} for {@code --sweep-interval}.
 *
 * <p>For the commands that operate only, which a Deployment configures. Among the commands for
 * people one name means different things, such as {@code --output}, and a variable that somebody
 * has set long ago should not choose what {@code export} writes.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String value = environment.get(variable(option.longestName()));
    return value == null || value.isBlank() ? null : value;
  }

  /** Returns the name of the environment variable of an option. */
  static String variable(String option) {
    return "LAMBDA_CONFIG_"
        + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
