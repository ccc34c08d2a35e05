package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.kube.secret.SecretData;
import dev.lambdaconfig.plan.Desired;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables as they were before the first update.
 *
 * @param paths the managed fields that are kept in the Secret
 * @param values the variables, or null where there are none or they cannot be read
 * @param problem why they cannot be read, or null
 * @param lost whether that is for good
 */
public record KeptVariables(
    List<String> paths,
    @Nullable Map<String, String> values,
    @Nullable String problem,
    boolean lost) {

  /** The fields only: the values are secrets. */
  @Override
  public String toString() {
    return "KeptVariables" + paths;
  }

  /** Reads variables by the names that their Secrets can have only: anybody can write a status. */
  public record Reader(BaselineSecrets secrets, FormerBaselineSecrets former) {

    KeptVariables read(Reconciliation reconciliation, Step step, Desired managed) {
      List<String> paths =
          step.baseline().secretPaths().stream().filter(managed.managedPaths()::contains).toList();
      String secretName = step.baseline().secretName();
      if (paths.isEmpty() || secretName == null) {
        return new KeptVariables(List.of(), null, null, false);
      }
      try {
        Map<String, String> values = values(reconciliation.resource(), secretName);
        return values != null
            ? new KeptVariables(paths, values, null, false)
            : new KeptVariables(
                paths, null, "the Secret " + secretName + " no longer exists", true);
      } catch (KubernetesClientException e) {
        String problem =
            e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? MissingRight.message(
                    MissingRight.SECRETS, namespaceOf(reconciliation.resource(), secretName))
                : "the Secret " + secretName + " cannot be read (" + e.getCode() + ")";
        return new KeptVariables(paths, null, problem, false);
      }
    }

    private @Nullable Map<String, String> values(LambdaFunctionConfig resource, String secretName) {
      Map<String, String> values = secrets.read(resource);
      return values == null && secretName.equals(FormerBaselineSecrets.nameFor(resource))
          ? SecretData.decodedOrNull(former.read(resource))
          : values;
    }

    private String namespaceOf(LambdaFunctionConfig resource, String secretName) {
      String own = secrets.namespace();
      return own == null || secretName.equals(FormerBaselineSecrets.nameFor(resource))
          ? resource.getMetadata().getNamespace()
          : own;
    }
  }
}
