package dev.lambdaconfig.kube.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.Test;

/** What is written to the API server can be read as YAML. */
final class YamlSafeJsonTest {

  @Test
  void whatIsWrittenIsYamlWhateverItsCharacters() {
    // Given
    Secret secret = new Secret();
    secret.setType("a\u007f\u0085\u009f\uffff\ud83d\ude00");

    // When
    String json = StrippedSerialization.create().asJson(secret);

    // Then
    assertThat(json).contains("\"a\\u007F\\u0085\\u009F\\uFFFF\ud83d\ude00\"");
  }
}
