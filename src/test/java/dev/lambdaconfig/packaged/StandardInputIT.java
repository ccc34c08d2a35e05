package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.PlanJar.Result;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A standard input that is closed, empty or a directory is an error that says so. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class StandardInputIT {

  private final LambdaSimulator aws = LambdaSimulator.start();

  @TempDir private Path home = Path.of("");

  @AfterEach
  void stop() {
    aws.close();
  }

  @ParameterizedTest
  @CsvSource({
    "validate, -f, <&-, stdin:1:1: error: this cannot be read (the standard input is closed)",
    "plan, -f, <&-, InvalidManifest: this cannot be read (the standard input is closed)",
    "export, --from-file, <&-, standard input cannot be read (the standard input is closed)",
    "validate, -f, </dev/null, the standard input has no manifest",
    "plan, -f, </dev/null, the standard input has no manifest",
    "export, --from-file, </dev/null, standard input names no function",
    "validate, -f, </, this cannot be read (Is a directory)",
    "plan, -f, </, this cannot be read (Is a directory)",
    "export, --from-file, </, standard input cannot be read (Is a directory)"
  })
  void itIsAnErrorThatSaysWhy(String command, String option, String input, String message)
      throws Exception {
    Result result = PlanJar.of(home, aws.endpoint()).runWith(input, command, option, "-");

    assertThat(result.exitCode()).as(result.out() + result.err()).isOne();
    assertThat(result.out() + result.err()).contains(message).doesNotContain("\tat ", "SIGSEGV");
  }
}
