package dev.lambdaconfig.feature;

import dev.lambdaconfig.deploy.ChartRights;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;

/** The Secrets and ConfigMaps of a test's namespace, as their owners write them. */
final class ValueObjects {

  private final OperatorExtension operator;

  ValueObjects(OperatorExtension operator) {
    this.operator = operator.granting(ChartRights.Feature.VALUES);
  }

  /** Creates a Secret, or replaces its data. */
  void secret(String name, Map<String, String> data) {
    var unused =
        client()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(operator.namespace())
                    .endMetadata()
                    .withStringData(data)
                    .build())
            .createOr(
                existing -> {
                  delete(name);
                  return existing.create();
                });
  }

  /** Changes the value of a key of a Secret. */
  void rotate(String name, String key, String value) {
    var unused =
        ofSecret(name)
            .edit(secret -> new SecretBuilder(secret).addToStringData(key, value).build());
  }

  /** Changes nothing but the metadata of a Secret. */
  void touch(String name, String value) {
    var unused =
        ofSecret(name)
            .edit(
                secret ->
                    new SecretBuilder(secret)
                        .editMetadata()
                        .addToAnnotations("touched", value)
                        .endMetadata()
                        .build());
  }

  /** Creates a Secret with a value in Base64. */
  void binarySecret(String name, String key, String base64) {
    var unused =
        client()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(operator.namespace())
                    .endMetadata()
                    .addToData(key, base64)
                    .build())
            .create();
  }

  void delete(String name) {
    var unused = ofSecret(name).delete();
  }

  /** Creates a ConfigMap. */
  void configMap(String name, Map<String, String> data) {
    var unused =
        client()
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withNamespace(operator.namespace())
                    .endMetadata()
                    .withData(data)
                    .build())
            .create();
  }

  private Resource<Secret> ofSecret(String name) {
    return client().secrets().inNamespace(operator.namespace()).withName(name);
  }

  private KubernetesClient client() {
    return operator.server().client();
  }
}
