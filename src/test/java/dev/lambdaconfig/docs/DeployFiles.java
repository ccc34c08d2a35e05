package dev.lambdaconfig.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of {@code deploy/} and of the chart that follow from others: kustomize reads no file from
 * outside its folder, and the README of the chart lists its values.
 */
final class DeployFiles {

  /** What {@code kubectl apply -f} takes, by the component or base that has it. */
  private static final Map<String, String> COPIES =
      Map.of(
          "deploy/rbac.yaml", "deploy/base/shared/rbac.yaml",
          "deploy/restore-rbac.yaml", "deploy/components/restore/rbac.yaml",
          "deploy/restore-migration-rbac.yaml", "deploy/components/restore-migration/rbac.yaml",
          "deploy/values-rbac.yaml", "deploy/components/values/rbac.yaml");

  private static final String PROMETHEUS_RULE =
      """
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: lambda-config-operator
        namespace: lambda-config-system
        labels:
          app.kubernetes.io/name: lambda-config-operator
          app.kubernetes.io/component: operator
          app.kubernetes.io/part-of: lambda-config-operator
      spec:
      """;

  private static final String ARGOCD_CM =
      """
      # kubectl -n argocd patch configmap argocd-cm --patch-file deploy/argocd/argocd-cm.yaml
      data:
        resource.customizations.health.lambdaconfig.dev_LambdaFunctionConfig: |
      """;

  private DeployFiles() {}

  /** The files as they shall be, by their path in the project. */
  static Map<Path, String> of(Path base) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    for (Map.Entry<String, String> copy : COPIES.entrySet()) {
      files.put(Path.of(copy.getKey()), Files.readString(base.resolve(copy.getValue())));
    }
    String rules = Files.readString(base.resolve("deploy/prometheus/rules.yaml"));
    files.put(
        Path.of("deploy/prometheus/prometheusrule.yaml"),
        PROMETHEUS_RULE + rules.replaceAll("(?m)^(?=.)", "  "));
    files.put(
        Path.of("deploy/argocd/argocd-cm.yaml"),
        ARGOCD_CM
            + Files.readString(base.resolve("deploy/argocd/health.lua"))
                .replaceAll("(?m)^(?=.)", "    "));
    files.put(
        ChartReadme.FILE,
        ChartReadme.updated(Files.readString(base.resolve(ChartReadme.FILE)), base));
    return files;
  }
}
