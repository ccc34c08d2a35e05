package dev.lambdaconfig.kube.reading;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

final class SharingClonerTest {

  private final KubernetesSerialization json = StrippedSerialization.create();
  private final SharingCloner copies = new SharingCloner(json);

  @Test
  void aCopySaysTheSame() {
    // Given
    LambdaFunctionConfig cached = cached();

    // When
    LambdaFunctionConfig copy = copies.clone(cached);

    // Then
    assertThat(json.asJson(copy)).isEqualTo(json.asJson(cached));
    assertThat(copy.getSpec()).isSameAs(cached.getSpec());
    assertThat(copy.getStatus()).isEqualTo(cached.getStatus()).isSameAs(copy.getStatus());
  }

  @Test
  void whatIsChangedInACopyIsNotChangedInTheCache() {
    // Given
    LambdaFunctionConfig cached = cached();

    // When
    LambdaFunctionConfig copy = copies.clone(cached);
    copy.getMetadata().getFinalizers().clear();
    copy.getMetadata().getAnnotations().clear();
    copy.getMetadata().setResourceVersion("8");
    copy.setSpec(null);
    copy.setStatus(null);

    // Then
    assertThat(json.asJson(cached)).isEqualTo(json.asJson(cached()));
  }

  @Test
  void aSpecThatCannotBeReadStaysSo() {
    // Given
    LambdaFunctionConfig cached =
        json.unmarshal(
            "{\"metadata\": {\"name\": \"a\"}, \"spec\": {\"functionName\": 5}}",
            LambdaFunctionConfig.class);

    // When
    LambdaFunctionConfig copy = copies.clone(cached);

    // Then
    assertThat(requireNonNull(copy.getSpec()).unreadable()).contains("functionName");
  }

  @Test
  void otherKindsAreCopiedToo() {
    // Given
    ConfigMap cached =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("a")
            .endMetadata()
            .addToData("key", "value")
            .build();

    // When
    ConfigMap copy = copies.clone(cached);
    copy.getData().clear();

    // Then
    assertThat(cached.getData()).containsEntry("key", "value");
    assertThat(copy.getMetadata().getName()).isEqualTo("a");
  }

  private LambdaFunctionConfig cached() {
    return json.unmarshal(
        """
        {
          "apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
          "metadata": {
            "name": "orders-api", "namespace": "team-a", "uid": "u-1", "resourceVersion": "7",
            "generation": 3, "deletionTimestamp": "2026-11-24T10:00:00Z",
            "finalizers": ["lambdaconfig.dev/restore"],
            "labels": {"team": "a"}, "annotations": {"lambdaconfig.dev/reconcile-requested-at": "now"},
            "ownerReferences": [{"apiVersion": "v1", "kind": "X", "name": "x", "uid": "u-2"}]
          },
          "spec": {"functionName": "orders-api", "timeout": 30},
          "status": {"observedGeneration": 3, "managedFields": ["timeout"]}
        }
        """,
        LambdaFunctionConfig.class);
  }
}
