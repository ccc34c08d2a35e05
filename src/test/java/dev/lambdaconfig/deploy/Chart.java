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

  /** The name of the objects of the release {@code lco}. */
  static final String NAME = "lco-lambda-config-operator";

  /** Values that enable each optional object. */
  static final String EVERYTHING =
      """
      replicas: 2
      commonLabels: {team: platform}
      podLabels: {more: labels}
      metrics:
        serviceMonitor: {enabled: true, interval: 30s, labels: {release: prometheus}}
        prometheusRule: {enabled: true, labels: {release: prometheus}}
        dashboard: {enabled: true}
      podDisruptionBudget: {enabled: true, maxUnavailable: 50%}
      networkPolicy: {enabled: true}
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway}
      """;

  /** The newest version that is tested; Chart.yaml states the oldest one that the chart accepts. */
  private static final String KUBERNETES = "1.34.0";

  private Chart() {}

  /** Renders the release {@code lco} in the namespace {@code here}. */
  static Manifests render(String values) {
    return render("lco", "here", values);
  }

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

  /** The notes that an installation prints at its end. */
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
