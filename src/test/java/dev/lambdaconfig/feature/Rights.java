package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A ServiceAccount that may do what files of deploy/ grant, in the namespaces of a test. */
final class Rights {

  private final OperatorExtension operator;
  private final String user;

  Rights(OperatorExtension operator, String user) {
    this.operator = operator;
    this.user = user;
    admin()
        .resource(
            new ServiceAccountBuilder().withMetadata(metadata(user, operator.namespace())).build())
        .create();
  }

  Path kubeconfig() {
    return operator.server().kubeconfigFor(operator.namespace(), user);
  }

  /** Grants everything that a file grants. */
  void grant(String file) throws IOException {
    grantForResources(file);
    grantForTheOperator(file);
  }

  /** Grants what a file grants where resources are. */
  void grantForResources(String file) throws IOException {
    grantForResourcesIn(operator.namespace(), file);
  }

  /** Grants what a file grants where resources are, in another namespace. */
  void grantForResourcesIn(String namespace, String file) throws IOException {
    grant(file, namespace, clusterRoles(file));
  }

  /** Grants what a file grants in the operator's own namespace. */
  void grantForTheOperator(String file) throws IOException {
    grant(file, operator.operatorNamespace(), roles(file));
  }

  /** Grants what a file grants in a namespace of its example, in that of the resources. */
  void grantWhereResourcesAre(String file) throws IOException {
    grant(file, operator.namespace(), roles(file));
  }

  /** Sets the verbs that a file grants for the resources in their namespace. */
  void setVerbs(String file, String resource, String... verbs) {
    admin()
        .rbac()
        .roles()
        .inNamespace(operator.namespace())
        .withName(name(file))
        .edit(
            role -> {
              role.getRules().stream()
                  .filter(rule -> rule.getResources().equals(List.of(resource)))
                  .forEach(rule -> rule.setVerbs(List.of(verbs)));
              return role;
            });
  }

  private static String name(String file) {
    return file.toLowerCase(Locale.ROOT).replace('.', '-');
  }

  private List<PolicyRule> clusterRoles(String file) throws IOException {
    return objects(file).stream()
        .filter(ClusterRole.class::isInstance)
        .flatMap(object -> ((ClusterRole) object).getRules().stream())
        .toList();
  }

  private List<PolicyRule> roles(String file) throws IOException {
    return objects(file).stream()
        .filter(Role.class::isInstance)
        .flatMap(object -> ((Role) object).getRules().stream())
        .toList();
  }

  private List<HasMetadata> objects(String file) throws IOException {
    return admin().load(Files.newInputStream(Path.of("deploy", file))).items();
  }

  private void grant(String file, String namespace, List<PolicyRule> rules) {
    String name = name(file);
    admin()
        .resource(
            new RoleBuilder().withMetadata(metadata(name, namespace)).withRules(rules).build())
        .create();
    admin()
        .resource(
            new RoleBindingBuilder()
                .withMetadata(metadata(name, namespace))
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("", "ServiceAccount", user, operator.namespace())
                .build())
        .create();
  }

  private KubernetesClient admin() {
    return operator.server().client();
  }

  private static ObjectMeta metadata(String name, String namespace) {
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
  }
}
