package dev.lambdaconfig.kube.reading;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StrippedSerializationTest {

  private static final String METADATA =
      """
      {
        "name": "orders-api", "namespace": "team-a", "uid": "u-1", "resourceVersion": "7",
        "generation": 3, "creationTimestamp": "2026-11-24T10:00:00Z",
        "finalizers": ["foreign.example/first", "lambdaconfig.dev/restore", "foreign.example/last"],
        "labels": {"team": "a"},
        "ownerReferences": [{"apiVersion": "v1", "kind": "X", "name": "x", "uid": "u-2"}],
        "annotations": {
          "lambdaconfig.dev/reconcile-requested-at": "now",
          "kubectl.kubernetes.io/last-applied-configuration": "{\\"spec\\":{}}",
          "other": "not kept"
        },
        "managedFields": [{
          "manager": "git", "operation": "Apply", "apiVersion": "lambdaconfig.dev/v1alpha1",
          "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:timeout": {}}}
        }]
      }
      """;

  private static final String RESOURCE =
      """
      {
        "apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
        "metadata": %s,
        "spec": {"functionName": "orders-api", "timeout": 30},
        "status": {"observedGeneration": 3}
      }
      """
          .formatted(METADATA);

  private final KubernetesSerialization lean = StrippedSerialization.create();

  @Test
  void whatTheOperatorNeverLooksAtIsNotRead() {
    // Given
    ObjectMeta full =
        new KubernetesSerialization().unmarshal(RESOURCE, LambdaFunctionConfig.class).getMetadata();
    assertThat(full.getManagedFields()).isNotEmpty();

    // When
    ObjectMeta read = lean.unmarshal(RESOURCE, LambdaFunctionConfig.class).getMetadata();

    // Then
    assertThat(read.getManagedFields()).isNullOrEmpty();
    assertThat(read.getAdditionalProperties()).isNullOrEmpty();
    assertThat(read.getAnnotations())
        .isEqualTo(Map.of("lambdaconfig.dev/reconcile-requested-at", "now"));
    assertThat(read.getLabels()).isNullOrEmpty();
    assertThat(read.getOwnerReferences()).isNullOrEmpty();
    assertThat(read.getFinalizers()).containsExactly(RestoreFinalizer.NAME);
  }

  @Test
  void allElseIsRead() {
    // When
    LambdaFunctionConfig read = lean.unmarshal(RESOURCE, LambdaFunctionConfig.class);

    // Then
    assertThat(read.getMetadata().getFinalizers()).containsExactly(RestoreFinalizer.NAME);
    assertThat(read.getMetadata().getNamespace()).isEqualTo("team-a");
    assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(read.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-24T10:00:00Z");
    assertThat(read.getMetadata().getUid()).isEqualTo("u-1");
    assertThat(read.getMetadata().getGeneration()).isEqualTo(3);
    assertThat(requireNonNull(read.getSpec()).timeout()).isEqualTo(30);
    assertThat(requireNonNull(read.getStatus()).observedGeneration).isEqualTo(3);
  }

  @Test
  void resourcesWithoutLabelsAndSuchShareTheirEmptyCollections() {
    // When
    ObjectMeta read =
        lean.unmarshal("{\"metadata\": {\"name\": \"a\"}}", LambdaFunctionConfig.class)
            .getMetadata();

    // Then
    assertThat(List.of(read.getFinalizers(), read.getManagedFields(), read.getOwnerReferences()))
        .allSatisfy(list -> assertThat(list).isSameAs(List.of()));
    assertThat(List.of(read.getAnnotations(), read.getLabels(), read.getAdditionalProperties()))
        .allSatisfy(map -> assertThat(map).isSameAs(Map.of()));
  }

  @Test
  void whatIsReadIsCompressed() {
    // When
    LambdaFunctionConfig read = lean.unmarshal(RESOURCE, LambdaFunctionConfig.class);

    // Then each reader decodes its own.
    assertThat(read.getStatus()).isEqualTo(read.getStatus()).isNotSameAs(read.getStatus());
  }

  @Test
  void noAnnotationsAreNoMistake() {
    // When
    LambdaFunctionConfig read =
        lean.unmarshal(
            "{\"metadata\": {\"name\": \"a\", \"annotations\": null}}", LambdaFunctionConfig.class);

    // Then
    assertThat(read.getMetadata().getName()).isEqualTo("a");
    assertThat(ReconcileRequest.token(read)).isNull();
  }

  @Test
  void aLongTokenIsHeldShortAndStaysApartFromOthers() {
    // Given
    String same = "t".repeat(250_000);

    // When
    String one = requireNonNull(token(same + "1"));
    String other = requireNonNull(token(same + "2"));

    // Then
    assertThat(one).hasSize(ReconcileRequest.LONGEST).startsWith("ttt").isNotEqualTo(other);
    assertThat(token(same + "1")).isEqualTo(one);
    assertThat(token("t".repeat(256))).isEqualTo("t".repeat(256));
  }

  private @Nullable String token(String value) {
    return ReconcileRequest.token(
        lean.unmarshal(
            "{\"metadata\": {\"name\": \"a\", \"annotations\":"
                + " {\"lambdaconfig.dev/reconcile-requested-at\": \"%s\"}}}".formatted(value),
            LambdaFunctionConfig.class));
  }

  @Test
  void metadataOfWrongTypesAreNoMistake() {
    // When
    LambdaFunctionConfig read =
        lean.unmarshal(
            "{\"metadata\": {\"name\": \"a\", \"uid\": {\"b\": [1]}, \"generation\": \"x\","
                + " \"finalizers\": [5, {\"c\": 1}], \"annotations\": [[{}]], \"labels\": 7}}",
            LambdaFunctionConfig.class);

    // Then
    assertThat(read.getMetadata().getName()).isEqualTo("a");
    assertThat(read.getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void otherKindsAreReadTheSameWay() {
    // When
    Secret read =
        lean.unmarshal(
            "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":" + METADATA + "}",
            Secret.class);

    // Then
    assertThat(read.getMetadata().getManagedFields()).isNullOrEmpty();
    assertThat(read.getMetadata().getName()).isEqualTo("orders-api");
  }

  @Test
  void theEventsOfAWatchCarryResources() {
    // When
    KubernetesResource changed = event("MODIFIED", RESOURCE);
    KubernetesResource failed =
        event("ERROR", "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"code\": 410}");

    // Then
    assertThat(changed)
        .isInstanceOfSatisfying(
            LambdaFunctionConfig.class,
            resource -> assertThat(resource.getMetadata().getManagedFields()).isNullOrEmpty());
    assertThat(failed)
        .isInstanceOfSatisfying(
            Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
  }

  @Test
  void aVersionThatComesAsResponseAndAsEventIsDecodedOnce() {
    // Given
    LambdaFunctionConfig response = lean.unmarshal(RESOURCE, LambdaFunctionConfig.class);

    // When
    LambdaFunctionConfig echo = (LambdaFunctionConfig) event("MODIFIED", RESOURCE);

    // Then
    assertThat(echo).isNotSameAs(response).isEqualTo(response);
    assertThat(echo.compressedStatus()).isSameAs(response.compressedStatus());
    assertThat(echo.conditionSummary()).isSameAs(response.conditionSummary());
    assertThat(requireNonNull(echo.getSpec()).timeout()).isEqualTo(30);
  }

  @Test
  void anotherVersionOrAnotherResourceIsDecodedAnew() {
    // Given
    lean.unmarshal(RESOURCE, LambdaFunctionConfig.class);

    // When
    LambdaFunctionConfig changed = read(RESOURCE.replace("\"7\"", "\"8\"").replace("30", "31"));
    LambdaFunctionConfig other = read(RESOURCE.replace("u-1", "u-9").replace("30", "32"));
    LambdaFunctionConfig unversioned =
        read(RESOURCE.replace("\"resourceVersion\": \"7\",", "").replace("30", "33"));

    // Then
    assertThat(List.of(changed, other, unversioned))
        .extracting(resource -> requireNonNull(resource.getSpec()).timeout())
        .containsExactly(31, 32, 33);
  }

  @Test
  void theProblemOfASpecIsInTheEventAsInTheResponse() {
    // Given
    String broken = RESOURCE.replace("30", "\"thirty\"");

    // When
    LambdaFunctionConfig response = read(broken);
    LambdaFunctionConfig echo = (LambdaFunctionConfig) event("MODIFIED", broken);

    // Then
    assertThat(requireNonNull(response.getSpec()).unreadable()).contains("timeout");
    assertThat(echo.getSpec()).isEqualTo(response.getSpec());
    assertThat(echo.getStatus()).isEqualTo(response.getStatus());
  }

  @Test
  void membersInAnyOrderAndUnknownOnesAreRead() {
    // Given
    String backwards =
        """
        {"status": {"observedGeneration": 3}, "other": [{}], "spec": {"functionName": "f"},
         "metadata": {"name": "a", "uid": "u-3", "resourceVersion": "1"},
         "kind": "LambdaFunctionConfig", "apiVersion": "lambdaconfig.dev/v1alpha1"}
        """;

    // When
    LambdaFunctionConfig first = (LambdaFunctionConfig) event("ADDED", backwards);
    LambdaFunctionConfig second = (LambdaFunctionConfig) event("ADDED", backwards);

    // Then
    assertThat(List.of(first, second))
        .allSatisfy(
            read -> {
              assertThat(read.getMetadata().getUid()).isEqualTo("u-3");
              assertThat(requireNonNull(read.getSpec()).functionName()).isEqualTo("f");
              assertThat(requireNonNull(read.getStatus()).observedGeneration).isEqualTo(3);
            });
  }

  @Test
  void aBookmarkHasMetadataOnly() {
    // When
    LambdaFunctionConfig bookmark =
        (LambdaFunctionConfig)
            event(
                "BOOKMARK",
                """
                {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
                 "metadata": {"resourceVersion": "12"}, "spec": null}
                """);

    // Then
    assertThat(bookmark.getMetadata().getResourceVersion()).isEqualTo("12");
    assertThat(bookmark.getSpec()).isNull();
    assertThat(bookmark.getStatus()).isNull();
  }

  private LambdaFunctionConfig read(String text) {
    return lean.unmarshal(text, LambdaFunctionConfig.class);
  }

  private KubernetesResource event(String type, String object) {
    return (KubernetesResource)
        lean.unmarshal(
                "{\"type\": \"%s\", \"object\": %s}".formatted(type, object), WatchEvent.class)
            .getObject();
  }
}
