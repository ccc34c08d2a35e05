package dev.lambdaconfig.kube.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever somebody has written into a status can be read, to put it right. */
final class StoredResourceTest {

  private static final KubernetesSerialization LEAN = StrippedSerialization.create();

  private static String list(String baselineValue) {
    return """
    {"kind": "LambdaFunctionConfigList", "apiVersion": "lambdaconfig.dev/v1alpha1",
     "metadata": {"resourceVersion": "9"},
     "items": [{
       "apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
       "metadata": {
         "name": "orders", "namespace": "team-a", "uid": "u-1", "resourceVersion": "7",
         "managedFields": [{
           "manager": "mallory", "operation": "Update", "subresource": "status",
           "fieldsV1": {"f:status": {"f:baseline": {}}}}]},
       "spec": {"functionName": "orders"},
       "status": {"state": "Active", "baseline": [{"path": "timeout", "value": %s}]}}]}
    """
        .formatted(baselineValue);
  }

  private static String[] values() {
    return new String[] {
      "7",
      "{\"" + "n".repeat(50_001) + "\": 1}",
      "\"" + "s".repeat(1_500_000) + "\"",
      "[".repeat(5000) + "]".repeat(5000),
      "1" + "0".repeat(1001),
    };
  }

  @ParameterizedTest
  @MethodSource("values")
  void aForgedStatusIsReadWithItsManager(String value) {
    // When
    StoredResource stored = requireNonNull(StoredResource.in(list(value), "u-1", LEAN));

    // Then
    assertThat(requireNonNull(stored.status()).state).isEqualTo("Active");
    assertThat(stored.resourceVersion()).isEqualTo("7");
    assertThat(stored.otherManagers()).containsExactly("mallory");
    assertThat(stored.written()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("values")
  void aSuccessorOfTheSameNameIsAnother(String value) {
    assertThat(StoredResource.in(list(value), "u-0", LEAN)).isNull();
    assertThat(StoredResource.in("{\"items\": []}", "u-1", LEAN)).isNull();
  }
}
