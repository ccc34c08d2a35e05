package dev.lambdaconfig.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.decision.OperatorMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The words for the operator's mode. */
final class ModeConverterTest {

  private final ModeConverter converter = new ModeConverter();

  @ParameterizedTest
  @EnumSource
  void eachModeIsReadByItsWord(OperatorMode mode) {
    assertThat(converter.convert(ModeConverter.word(mode))).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"enforce", "OBSERVE", "", "Enforce ", "Suspend"})
  void anythingElseIsRefusedWithWhatToWrite(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessageContaining("'" + text + "'")
        .withMessageEndingWith("write Enforce or Observe");
  }
}
