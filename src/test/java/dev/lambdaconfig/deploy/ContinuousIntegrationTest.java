package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the workflows run, by the scripts of {@code .ci}. */
final class ContinuousIntegrationTest {

  private static final Path SCRIPTS = Path.of(".ci");

  /** By hand only: it needs Prometheus, and takes a quarter of an hour. */
  private static final Set<String> BY_HAND = Set.of("dashboard");

  @Test
  void eachScriptIsRunByAWorkflow() throws IOException {
    // Given
    Set<String> scripts = new TreeSet<>();
    for (Path script : files(SCRIPTS)) {
      scripts.add(script.getFileName().toString());
    }
    Deque<String> texts = new ArrayDeque<>();
    for (Path workflow : files(Path.of(".github/workflows"))) {
      texts.add(Files.readString(workflow));
    }

    // When
    Set<String> run = new TreeSet<>();
    while (!texts.isEmpty()) {
      String text = texts.pop();
      for (String script : scripts) {
        if (text.matches("(?s).*(?m:^|run: |\\()\\.ci/" + script + "\\b(?!-).*")
            && run.add(script)) {
          texts.add(Files.readString(SCRIPTS.resolve(script)));
        }
      }
    }

    // Then
    scripts.removeAll(BY_HAND);
    assertThat(run).isEqualTo(scripts);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
