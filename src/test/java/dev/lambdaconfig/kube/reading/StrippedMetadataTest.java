package dev.lambdaconfig.kube.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata of any shape, of which only what the operator uses is read. */
final class StrippedMetadataTest {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addDeserializer(ObjectMeta.class, new StrippedMetadata()));

  @Test
  void whatTheOperatorUsesIsRead() throws JsonProcessingException {
    // When
    ObjectMeta read =
        read(
            """
            {"name": "n", "namespace": "ns", "uid": "u", "resourceVersion": "7", "generation": 3,
             "creationTimestamp": "t0", "deletionTimestamp": "t1"}
            """);

    // Then
    assertThat(read.getName()).isEqualTo("n");
    assertThat(read.getNamespace()).isEqualTo("ns");
    assertThat(read.getUid()).isEqualTo("u");
    assertThat(read.getResourceVersion()).isEqualTo("7");
    assertThat(read.getGeneration()).isEqualTo(3);
    assertThat(read.getCreationTimestamp()).isEqualTo("t0");
    assertThat(read.getDeletionTimestamp()).isEqualTo("t1");
  }

  @Test
  void ofManyFinalizersTheOwnOneIsKeptOnce() throws JsonProcessingException {
    // When
    ObjectMeta read =
        read(
            """
            {"finalizers": ["a", "lambdaconfig.dev/restore", {"b": ["c"]}, "lambdaconfig.dev/restore"],
             "name": "n"}
            """);

    // Then
    assertThat(read.getFinalizers()).containsExactly(RestoreFinalizer.NAME);
    assertThat(read.getName()).isEqualTo("n");
  }

  @Test
  void theFieldsWhoseDriftIsIgnoredAreCutWhereTheyAreTooLong() throws JsonProcessingException {
    // When
    String fields = "memorySize,".repeat(1000);
    ObjectMeta read =
        read("{\"annotations\": {\"lambdaconfig.dev/ignore-drift\": \"" + fields + "\"}}");

    // Then
    assertThat(read.getAnnotations().get("lambdaconfig.dev/ignore-drift"))
        .hasSize(LambdaFunctionConfig.LONGEST_IGNORE_DRIFT + 1);
  }

  @Test
  void annotationsAreBounded() throws JsonProcessingException {
    // When
    ObjectMeta read =
        read(
            """
            {"annotations": {"other": {"deep": ["x"]}, "reconcile.fluxcd.io/requestedAt": 7,
             "lambdaconfig.dev/reconcile-requested-at": "%s"}, "name": "n"}
            """
                .formatted("x".repeat(1000)));

    // Then
    assertThat(read.getAnnotations())
        .isEqualTo(
            Map.of(
                "lambdaconfig.dev/reconcile-requested-at",
                ReconcileRequest.bounded("x".repeat(1000))));
    assertThat(read.getName()).isEqualTo("n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2]",
        "\"text\"",
        "{\"name\": {\"a\": [1]}, \"generation\": \"three\", \"finalizers\": {\"a\": 1},"
            + " \"annotations\": [1]}",
        "{\"labels\": {\"team\": \"a\"}, \"managedFields\": [{\"f\": {}}]}"
      })
  void whatHasAnotherShapeIsPassedOver(String json) throws JsonProcessingException {
    // When
    ObjectMeta read = read(json);

    // Then
    assertThat(read.getName()).isNull();
    assertThat(read.getGeneration()).isNull();
    assertThat(read.getFinalizers()).isNullOrEmpty();
    assertThat(read.getAnnotations()).isNullOrEmpty();
    assertThat(read.getLabels()).isNullOrEmpty();
  }

  private static ObjectMeta read(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, ObjectMeta.class);
  }
}
