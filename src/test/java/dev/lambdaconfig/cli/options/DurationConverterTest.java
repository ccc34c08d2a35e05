package dev.lambdaconfig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Durations as Kubernetes tools write them. */
final class DurationConverterTest {

  private final DurationConverter converter = new DurationConverter();

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "2s, PT2S",
    "10m, PT10M",
    "24h, PT24H",
    "1h30m, PT1H30M",
    "1m1ms, PT1M0.001S",
    "90m, PT1H30M",
    "30m1h, PT1H30M",
    "0s, PT0S",
    "0001m, PT1M",
    "999999999h, PT999999999H"
  })
  void theUnitsAreAddedUp(String text, Duration duration) {
    assertThat(converter.convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "soon",
        "1d",
        "-1m",
        "+1m",
        "1.5h",
        "1h 30m",
        " 1m",
        "1M",
        "ms",
        "1000000000h",
        "1m1m1m1m1m1m1m1m1m1m",
        "PT1M",
        "1m\n"
      })
  void anythingElseIsRefusedWithWhatToWrite(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessage("'" + text + "' is not a duration: write 500ms, 2s, 10m or 1h30m");
  }
}
