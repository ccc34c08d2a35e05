package dev.lambdaconfig.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of what a plan reports. */
final class PlanOrderTest {

  private static final Pattern PLACE = Pattern.compile("/(\\w)\\.yaml\" line=\"(\\d+)\"");

  @TempDir private Path folder = Path.of("");

  /** Whatever it is that makes them errors: nothing of these is read of AWS. */
  @Test
  void errorsAreInTheOrderOfFilesAndLines() throws IOException {
    String unknownRegion = manifest("region: nowhere-north-1");
    String misspelt = manifest("timout: 3");
    Path last = Files.writeString(folder.resolve("a.yaml"), unknownRegion);
    Path first =
        Files.writeString(
            folder.resolve("b.yaml"),
            String.join("---\n", "kind: Pod\n", unknownRegion, misspelt, unknownRegion, "a: [\n"));

    Path report = folder.resolve("report.xml");

    CommandResult result =
        CommandResult.of(
            "plan", "-q", "-o", "junit=" + report, "-f", first.toString(), "-f", last.toString());

    assertThat(result.exitCode()).isOne();
    assertThat(PLACE.matcher(Files.readString(report)).results())
        .extracting(match -> match.group(1) + match.group(2))
        .containsExactly("b1", "b3", "b15", "b17", "b25", "a1");
  }

  private static String manifest(String setting) {
    return """
    apiVersion: lambdaconfig.dev/v1alpha1
    kind: LambdaFunctionConfig
    metadata: {name: a, namespace: b}
    spec:
      functionName: a
      %s
    """
        .formatted(setting);
  }
}
