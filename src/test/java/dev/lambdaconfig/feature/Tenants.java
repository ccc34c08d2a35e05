package dev.lambdaconfig.feature;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRole;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** ServiceAccounts of a test, and the IAM roles that they may assume in the simulated AWS. */
final class Tenants {

  static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
  static final String AUDIENCE = "sts.amazonaws.com";

  /** An account in which the operator itself has no rights. */
  static final String ACCOUNT = "210987654321";

  private final OperatorExtension operator;

  Tenants(OperatorExtension operator) {
    this.operator = operator.granting(ChartRights.Feature.IDENTITY);
  }

  /** The issuer of the API server's tokens. */
  String issuer() {
    return Objects.toString(
        Serialization.unmarshal(client().raw("/.well-known/openid-configuration"), Map.class)
            .get("issuer"));
  }

  /** Makes the API server's tokens known to an account, as IAM roles for service accounts do. */
  void createProvider(String account) {
    operator.aws().iam().createProvider(account, Set.of(AUDIENCE), client()::raw);
  }

  /** A role of the tenants' account, which may do everything with some functions. */
  SimulatedRole role(String name, String functions) {
    return operator
        .aws()
        .iam()
        .role("arn:aws:iam::" + ACCOUNT + ":role/" + name)
        .allows("lambda:*", functions);
  }

  /** Creates a ServiceAccount in the test's namespace that may assume a role. */
  ServiceAccount serviceAccount(String name, SimulatedRole role) {
    return serviceAccount(operator.namespace(), name, role);
  }

  ServiceAccount serviceAccount(String namespace, String name, SimulatedRole role) {
    role.trusts(namespace, name);
    return create(namespace, name, Map.of(ROLE_ARN, role.arn()));
  }

  ServiceAccount create(String namespace, String name, Map<String, String> annotations) {
    return client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withAnnotations(annotations)
                .endMetadata()
                .build())
        .create();
  }

  void annotate(String name, String annotation, String value) {
    client()
        .serviceAccounts()
        .inNamespace(operator.namespace())
        .withName(name)
        .edit(
            account ->
                new ServiceAccountBuilder(account)
                    .editMetadata()
                    .addToAnnotations(annotation, value)
                    .endMetadata()
                    .build());
  }

  void delete(String name) {
    client().serviceAccounts().inNamespace(operator.namespace()).withName(name).delete();
  }

  /** The requests for sessions, with any outcome. */
  List<LoggedRequest> exchanges() {
    return operator
        .aws()
        .requests()
        .where(request -> request.operation().equals("AssumeRoleWithWebIdentity"));
  }

  /** The sessions by which a function was called; null stands for the operator's own identity. */
  List<String> callers(String function) {
    return operator
        .aws()
        .requests()
        .where(request -> function.equals(request.functionName()))
        .stream()
        .map(request -> String.valueOf(operator.aws().iam().sessionOf(request.accessKeyId())))
        .distinct()
        .toList();
  }

  private KubernetesClient client() {
    return operator.server().client();
  }
}
