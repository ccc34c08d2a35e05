package dev.lambdaconfig.values.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.TwoContexts;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetadataClientTest {

  @TempDir private Path folder = Path.of("");

  /** Somebody may have chosen another context since the operator started. */
  @Test
  void nothingComesFromTheCurrentContext() throws IOException {
    // Given
    TwoContexts contexts = TwoContexts.in(folder);
    Config config = contexts.current(() -> Config.autoConfigure("a"));

    // When
    Config copy = contexts.current(() -> MetadataClient.copy(config));

    // Then
    contexts.assertOfContextA(copy);
    assertThat(copy.getAutoConfigure()).isEqualTo(config.getAutoConfigure());
  }
}
