package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar has what a logging configuration names: the one of docs/audit.md, while the operator
 * updates a function of the stand-ins that are in the same process.
 */
final class AuditIT {

  private static final Pattern CONFIGURATION = Pattern.compile("(?s)```xml\\n(.*?)```");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder = Path.of("");

  @Test
  void changesGoToTheFileOfTheDocumentedConfiguration() throws Exception {
    // Given
    Matcher document = CONFIGURATION.matcher(Files.readString(Path.of("docs/audit.md")));
    assertThat(document.find()).isTrue();
    Path configuration = Files.writeString(folder.resolve("logback.xml"), document.group(1));

    // When
    try (ChildProcess process =
        ChildProcess.start(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Dlogback.configurationFile=" + configuration,
                "-DAUDIT_FOLDER=" + folder,
                "-jar",
                requireNonNull(System.getProperty("operator.jar")),
                "warm-up"),
            folder,
            Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()),
            folder.resolve("operator.log"))) {
      assertThat(process.exitsWithin(PATIENCE)).as(process.tail()).isTrue();
      assertThat(process.exitCode()).as(process.tail()).isZero();
    }

    // Then
    assertThat(folder.resolve("changes.jsonl")).content().contains("\"outcome\":\"Accepted\"");
  }
}
