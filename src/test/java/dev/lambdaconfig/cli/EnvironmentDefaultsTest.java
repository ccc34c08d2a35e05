package dev.lambdaconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The environment variables that stand for options. */
final class EnvironmentDefaultsTest {

  @ParameterizedTest
  @CsvSource({
    "--sweep-interval, LAMBDA_CONFIG_SWEEP_INTERVAL",
    "--aws-max-requests-per-second, LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND",
    "--mode, LAMBDA_CONFIG_MODE"
  })
  void anOptionHasAVariable(String option, String variable) {
    assertThat(EnvironmentDefaults.variable(option)).isEqualTo(variable);
  }

  @Test
  void theVariableOfTheLongestNameCounts() {
    EnvironmentDefaults defaults =
        new EnvironmentDefaults(
            Map.of("LAMBDA_CONFIG_MODE", "Observe", "LAMBDA_CONFIG_M", "Enforce"));

    assertThat(defaults.defaultValue(OptionSpec.builder("-m", "--mode").build()))
        .isEqualTo("Observe");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "(none)",
      value = {"(none)", "''", "' '"})
  void anOptionWithoutAVariableHasItsOwnDefault(@Nullable String value) {
    Map<String, String> environment =
        value == null ? Map.of() : Map.of("LAMBDA_CONFIG_MODE", value);

    assertThat(
            new EnvironmentDefaults(environment)
                .defaultValue(OptionSpec.builder("--mode").defaultValue("Enforce").build()))
        .as("a default from the environment")
        .isNull();
  }

  @Test
  void whatIsNoOptionHasNoVariable() {
    EnvironmentDefaults defaults = new EnvironmentDefaults(Map.of("LAMBDA_CONFIG_MODE", "Observe"));

    assertThat(defaults.defaultValue(PositionalParamSpec.builder().paramLabel("mode").build()))
        .isNull();
  }
}
