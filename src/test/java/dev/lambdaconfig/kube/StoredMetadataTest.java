package dev.lambdaconfig.kube;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.lambdaconfig.api.StoredJson;
import dev.lambdaconfig.kube.StoredMetadata.StatusManager;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is picked from a resource as the API server returns it. */
final class StoredMetadataTest {

  private static StoredMetadata of(String metadata) {
    return requireNonNull(
        StoredMetadata.in(
            """
            {"apiVersion": "v1", "metadata": {"resourceVersion": "9", "finalizers": ["no"]},
             "items": [{"kind": "LambdaFunctionConfig", "metadata": %s,
               "spec": {"metadata": {"finalizers": ["lambdaconfig.dev/restore"]}}}]}
            """
                .formatted(metadata)));
  }

  @Test
  void thePlaceOfTheFinalizerIsThatAmongAll() {
    assertThat(
            of("{\"name\": \"a\", \"finalizers\": [\"x/y\", \"lambdaconfig.dev/restore\", \"z\"]}")
                .restoreFinalizer())
        .isEqualTo(1);
    assertThat(of("{\"finalizers\": [\"x/y\"]}").restoreFinalizer()).isEqualTo(-1);
    assertThat(of("{}").restoreFinalizer()).isEqualTo(-1);
  }

  @Test
  void onlyManagersOfTheStatusAreNamed() {
    // When
    StoredMetadata stored =
        of(
            """
            {"managedFields": [
              {"manager": "kubectl", "operation": "Apply",
               "fieldsV1": {"f:metadata": {"f:labels": {"f:a": {}}}, "f:spec": {"f:x": {}}}},
              {"manager": "operator", "operation": "Apply", "subresource": "status",
               "fieldsV1": {"f:a": {}, "f:status": {"f:observedGeneration": {}, "f:b": {"f:c": {}}},
                 "f:z": {}}},
              {"manager": "scaler", "operation": "Update", "subresource": "scale",
               "fieldsV1": {"f:status": {"f:x": {}}}},
              {"manager": "nobody", "operation": "Update", "subresource": "status",
               "fieldsV1": {"f:status": {}}},
              {"fieldsV1": {"f:status": {"f:conditions": {}}}, "operation": "Update",
               "subresource": "status", "manager": "mallory", "time": "2026-11-27T00:00:00Z"}],
             "labels": {"f:status": "x"}}
            """);

    // Then
    assertThat(stored.statusManagers())
        .containsExactly(
            new StatusManager("operator", "Apply", true),
            new StatusManager("mallory", "Update", false));
  }

  @Test
  void anEmptyListHasNone() {
    assertThat(StoredMetadata.in("{\"items\": []}")).isNull();
    assertThat(StoredMetadata.in("{\"kind\": \"Status\"}")).isNull();
  }

  @Test
  void anAnswerThatIsNoJsonIsAFailureThatRepeatsNothing() {
    assertThatThrownBy(() -> StoredMetadata.in("{\"items\": [{\"metadata\": secret"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessage("the API server's answer is not JSON");
  }

  @Test
  void tensOfThousandsOfLabelsMakeNoTree() throws IOException {
    // Given
    String fields =
        IntStream.range(0, 40_000)
            .mapToObj(i -> "\"f:label-" + i + "\": {}")
            .collect(Collectors.joining(",", "{", "}"));
    String list =
        """
        {"items": [{"metadata": {"managedFields": [{"manager": "kubectl", "fieldsV1":
          {"f:metadata": {"f:labels": %s}}}]}}]}
        """
            .formatted(fields);
    ObjectMapper tree = new ObjectMapper(StoredJson.factory());

    // When
    long before = allocated();
    StoredMetadata picked = StoredMetadata.in(list);
    long ofPicking = allocated() - before;
    var read = tree.readTree(list);
    long ofTree = allocated() - before - ofPicking;

    // Then
    assertThat(picked).isNotNull();
    assertThat(read).isNotNull();
    assertThat(ofPicking).isLessThan(ofTree / 2);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
