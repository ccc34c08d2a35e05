package dev.lambdaconfig.cli.plan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.runtimes.RuntimeDates;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The notes on runtimes that AWS does not support any more. */
final class RuntimeSupportTest {

  private final RuntimeSupport runtimes =
      runtime -> RuntimeDates.known().warning(runtime, LocalDate.parse("2026-11-26"));

  private List<String> notes(String spec, String function) {
    return runtimes.notes(TestSpecs.spec(spec), TestSpecs.function(function));
  }

  @Test
  void areAboutTheRuntimeThatIsDeclared() {
    assertThat(notes("{runtime: python3.8}", "Runtime: python3.13"))
        .singleElement()
        .asString()
        .startsWith("runtime: python3.8 is past its date: AWS has not patched it since 2024-10-14");
    assertThat(notes("{runtime: python3.13}", "Runtime: python3.8")).isEmpty();
  }

  @Test
  void areAboutTheRuntimeOfTheFunctionWhereNoneIsDeclared() {
    assertThat(notes("{timeout: 3}", "Runtime: nodejs14.x"))
        .singleElement()
        .asString()
        .contains("nodejs14.x is past its date");
  }

  @Test
  void areNoneForImages() {
    assertThat(notes("{timeout: 3}", "PackageType: Image")).isEmpty();
  }
}
