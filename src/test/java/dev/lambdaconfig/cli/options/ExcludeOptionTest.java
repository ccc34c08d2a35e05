package dev.lambdaconfig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The option {@code --exclude}, where it cannot be obeyed. */
final class ExcludeOptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "validate -f . --exclude=[|--exclude: '[' is no pattern (Missing ']): write a name or a"
            + " pattern such as 'values*.yaml'",
        "plan -f . --exclude={a|--exclude: '{a' is no pattern (Missing '}): write a name or a"
            + " pattern such as 'values*.yaml'",
        "plan -f . --exclude=|--exclude has an empty value, such as that of a variable that is not"
            + " set: write a name or pattern, or remove it",
        "plan --live --exclude=a|--exclude is about manifests: remove it, or --live"
      })
  void aPatternThatCannotBeObeyedIsRefused(String line, String message) {
    CommandResult result = CommandResult.of(line.split(" "));

    assertThat(result.exitCode()).isOne();
    assertThat(List.of(result.err().split("\n"))).contains("error: " + message);
  }
}
