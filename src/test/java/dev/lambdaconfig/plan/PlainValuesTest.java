package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lambdaconfig.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlainValuesTest {

  static Stream<Object> plainObjects() {
    return Stream.of(
        "text", "", 7L, -1L, 2.5, true, List.of("a", "b"), List.of(), Map.of("A", List.of(1L)));
  }

  @ParameterizedTest
  @MethodSource("plainObjects")
  void thereAndBackIsTheSame(Object plain) {
    Value value = PlainValues.value(plain);

    assertThat(value).isNotNull();
    assertThat(PlainValues.plain(java.util.Objects.requireNonNull(value))).isEqualTo(plain);
  }

  @Test
  void numbersAreEqualWhateverTheParserMadeOfThem() {
    assertThat(PlainValues.value(30)).isEqualTo(PlainValues.value(30L)).isEqualTo(Value.number(30));
    assertThat(PlainValues.value(2.0)).isEqualTo(Value.number(2));
    assertThat(PlainValues.plain(new Value.Numeral(new BigDecimal("100")))).isEqualTo(100L);
  }

  @Test
  void aSecretHasNoPlainForm() {
    Value secrets = Value.secrets(Map.of("KEY", "canary"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlainValues.plain(secrets))
        .withMessageNotContaining("canary");
  }
}
