package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what the tests build from the kustomizations with what kustomize builds: {@code mvn test
 * -Dtest=KustomizeCheck}, with kubectl on the PATH. It is not part of the usual tests, where it
 * would mostly be skipped unnoticed.
 */
final class KustomizeCheck {

  static List<Path> installations() throws Exception {
    return KustomizeTest.installations();
  }

  @ParameterizedTest
  @MethodSource("installations")
  void kustomizeBuildsTheSameObjects(Path folder) throws Exception {
    Process process =
        new ProcessBuilder("kubectl", "kustomize", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(Kustomize.build(folder).all())
        .usingElementComparator(KustomizeCheck::compare)
        .containsExactlyInAnyOrderElementsOf(Manifests.parse(output).all());
  }

  /** Zero for equal objects: kustomize writes the same number differently. */
  private static int compare(JsonNode one, JsonNode other) {
    return one.equals(
            (left, right) ->
                left.equals(right)
                        || (left.isNumber()
                            && right.isNumber()
                            && left.decimalValue().compareTo(right.decimalValue()) == 0)
                    ? 0
                    : 1,
            other)
        ? 0
        : 1;
  }
}
