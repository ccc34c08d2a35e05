package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.metrics.MetricsFixture;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks rules and metrics with Prometheus's own tool: {@code mvn test -Dtest=PromtoolCheck}, with
 * promtool on the PATH. It is not part of the usual tests, where it would mostly be skipped
 * unnoticed.
 */
final class PromtoolCheck {

  @TempDir private Path folder;

  @BeforeEach
  void promtoolIsAtHand() {
    assertThat(
            Stream.of(
                    Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool"))))
        .as("promtool is on the PATH; docs/metrics.md tells how to get it")
        .isTrue();
  }

  @Test
  void takesTheRules() throws Exception {
    assertThat(promtool("", "check", "rules", "--lint-fatal", Expressions.RULES.toString()))
        .startsWith("0 ");
  }

  @Test
  void raisesEachAlarmWhenItShould() throws Exception {
    assertThat(promtool("", "test", "rules", Expressions.TESTS.toString())).startsWith("0 ");
  }

  @Test
  void takesEveryExpressionOfTheDashboard() throws Exception {
    // Given
    StringBuilder rules = new StringBuilder("groups: [{name: dashboard, rules: [\n");
    int number = 0;
    for (String expression : Expressions.shown().values()) {
      rules
          .append("{record: 'x%d', expr: '".formatted(number++))
          .append(expression.replace("$__rate_interval", "5m").replace("'", "''"))
          .append("'},\n");
    }
    Path file = Files.writeString(folder.resolve("dashboard.yaml"), rules.append("]}]\n"));

    // Then
    assertThat(promtool("", "check", "rules", "--lint=none", file.toString())).startsWith("0 ");
  }

  @Test
  void findsNothingToSayAboutTheMetrics() throws Exception {
    assertThat(promtool(MetricsFixture.ofEverything().text(), "check", "metrics")).isEqualTo("0 ");
  }

  /** The exit code and the output. */
  private String promtool(String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path given = Files.writeString(folder.resolve("input"), input);
    Process process =
        new ProcessBuilder(command).redirectInput(given.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output;
  }
}
