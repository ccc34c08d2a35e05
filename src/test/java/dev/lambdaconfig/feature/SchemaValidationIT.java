package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema refuses what AWS always refuses, and its message says what to write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SchemaValidationIT {

  private final Admission admission = new Admission(SchemaValidationIT.class);

  private static Stream<SchemaRule> rules() {
    return Stream.of(SettingRules.all(), ReferenceRules.all(), BlockRules.all(), SizeRules.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void takesWhatIsLegal(SchemaRule rule) {
    assertThat(admission.refusalOf(rule.passing())).as(rule.passing()).isNull();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refusesWhatIsNot(SchemaRule rule) {
    assertThat(admission.refusalOf(rule.failing())).as(rule.failing()).contains(rule.message());
  }

  @Test
  void aFunctionNameIsRequired() {
    assertThat(admission.refusalOf("timeout: 3")).contains("spec.functionName: Required value");
  }

  @ParameterizedTest
  @ValueSource(ints = {4085, 50_001, 1_000_000})
  void aLongNameOfAVariableIsRefusedWithWhatToWrite(int length) {
    String spec = "{\"functionName\":\"orders\",\"environment\":{\"variables\":{\"%s\":\"x\"}}}";

    assertThat(admission.refusalOfJson(spec.formatted("A".repeat(4080)))).isNull();
    assertThat(admission.refusalOfJson(spec.formatted("A".repeat(length + 5))))
        .contains(SizeRules.TOO_LARGE);
  }

  @Test
  void oneMistakeIsOneMessage() {
    assertThat(admission.refusalOf("functionName: orders:prod\nlayers: [nonsense, nonsense]"))
        .contains("remove the colon")
        .contains("layers must be ARNs")
        .doesNotContain("write my-function")
        .doesNotContain("several versions of one layer");
  }
}
