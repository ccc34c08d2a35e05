package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.plan.field.Variables;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of a setting is taken, where a resource is older than the schema. */
final class SizesTest {

  @Test
  void anEnvironmentIsMeasuredAsAwsMeasuresIt() {
    // As recorded from AWS: 4080 characters are taken under this name, 4081 are not.
    assertThat(Variables.leastBytes(Map.of("LARGE_VAR", "x".repeat(4080)))).isEqualTo(4096);
    assertThat(Variables.leastBytes(Map.of("SMALL_VAR", "ok", "LARGE_VAR", "x".repeat(4064))))
        .isEqualTo(4097);
  }

  @Test
  void aLargerEnvironmentIsRefusedWithWhatToDo() {
    assertThat(environment("LARGE_VAR", "x".repeat(4080)).problems()).isEmpty();
    assertThat(environment("LARGE_VAR", "x".repeat(4081)).problems())
        .singleElement()
        .asString()
        .contains("are 4097 bytes as JSON, and AWS allows at most 4096", "Parameter Store")
        .doesNotContain("xxx");
  }

  @Test
  void whatAwsMayTakeIsLeftToAws() {
    assertThat(environment("AA", "é".repeat(4087)).problems()).isEmpty();
    assertThat(environment("AA", "\\\\".repeat(4000)).problems()).isEmpty();
  }

  @Test
  void aCommandIsBoundedAsAWhole() {
    assertThat(
            TestSpecs.desired("{imageConfig: {command: [%s]}}".formatted(items(4, 4096)))
                .problems())
        .isEmpty();
    assertThat(
            TestSpecs.desired("{imageConfig: {entryPoint: [%s]}}".formatted(items(5, 4000)))
                .problems())
        .singleElement()
        .asString()
        .contains("imageConfig.entryPoint has 20000 characters, and at most 16384 are allowed");
  }

  @Test
  void thousandsOfProblemsFitIntoACondition() {
    Desired desired =
        TestSpecs.desired(
            "{imageConfig: {command: [%s]}}"
                .formatted(
                    IntStream.range(0, 1500)
                        .mapToObj(i -> "null")
                        .collect(Collectors.joining(", "))));

    assertThat(desired.problems()).hasSize(11).last().isEqualTo("and 1490 more");
  }

  private static Desired environment(String name, String value) {
    return TestSpecs.desired(
        "{\"environment\":{\"variables\":{\"%s\":\"%s\"}}}".formatted(name, value));
  }

  private static String items(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> "x".repeat(length))
        .collect(Collectors.joining(", "));
  }
}
