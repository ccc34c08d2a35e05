package dev.lambdaconfig.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chart, rendered by Helm in this process. */
final class Chart {

  static final Path FOLDER = Path.of("helm", "lambda-config-operator");

  /** The newest that is tested here; the chart's own limit is told by Chart.yaml. */
  private static final String KUBERNETES = "1.34.0";

  private Chart() {}

  static Manifests render(String release, String namespace, String values) {
    return render(release, namespace, values, KUBERNETES);
  }

  static Manifests render(String release, String namespace, String values, String kubernetes) {
    return withFile(
        values,
        file ->
            Manifests.parse(
                new Helm(FOLDER)
                    .template()
                    .withName(release)
                    .withNamespace(namespace)
                    .withKubeVersion(kubernetes)
                    .withValuesFile(file)
                    .call()));
  }

  /** What an installation would print at its end. */
  static String notes(String release, String namespace, String values) {
    return withFile(
        values,
        file ->
            new Helm(FOLDER)
                .install()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(file)
                .clientOnly()
                .dryRun()
                .call()
                .getOutput());
  }

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  private interface Use<T> {
    T with(Path file);
  }

  private static <T> T withFile(String values, Use<T> use) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return use.with(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
