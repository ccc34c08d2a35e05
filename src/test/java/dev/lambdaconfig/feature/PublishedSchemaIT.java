package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema as kubectl shows it, and the fields that it does not have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PublishedSchemaIT {

  private final Admission admission = new Admission(PublishedSchemaIT.class);
  private final CustomResourceDefinition definition =
      requireNonNull(
          ApiServer.shared()
              .client()
              .apiextensions()
              .v1()
              .customResourceDefinitions()
              .withName("lambdafunctionconfigs.lambdaconfig.dev")
              .get());

  @Test
  void theServerFindsNoFaultWithTheSchema() {
    assertThat(definition.getStatus().getConditions())
        .extracting("type", "status")
        .contains(tuple("NamesAccepted", "True"), tuple("Established", "True"))
        .doesNotContain(tuple("NonStructuralSchema", "True"));
  }

  @Test
  void kubectlFindsItByShortNameAndCategory() {
    assertThat(definition.getStatus().getAcceptedNames().getShortNames()).containsExactly("lfc");
    assertThat(definition.getStatus().getAcceptedNames().getCategories())
        .containsExactly("aws", "lambda");
  }

  @Test
  void kubectlShowsTheColumnsInTheirOrder() {
    assertThat(version().getAdditionalPrinterColumns())
        .extracting("name", "priority")
        .containsExactly(
            tuple("Function", null),
            tuple("Ready", null),
            tuple("State", null),
            tuple("Update", null),
            tuple("Drift", null),
            tuple("Age", null),
            tuple("Region", 1),
            tuple("Runtime", 1),
            tuple("Memory", 1),
            tuple("Reason", 1));
  }

  @Test
  void kubectlExplainsEveryField() {
    List<String> unexplained = new ArrayList<>();
    Map<String, JSONSchemaProps> root = version().getSchema().getOpenAPIV3Schema().getProperties();

    collectUnexplained("spec", requireNonNull(root.get("spec")), unexplained);
    collectUnexplained("status", requireNonNull(root.get("status")), unexplained);

    assertThat(unexplained).isEmpty();
  }

  @Test
  void everyListOfTheSpecIsBounded() {
    List<String> unbounded = new ArrayList<>();
    Map<String, JSONSchemaProps> root = version().getSchema().getOpenAPIV3Schema().getProperties();

    collectUnbounded("spec", requireNonNull(root.get("spec")), unbounded);

    assertThat(unbounded).isEmpty();
  }

  @Test
  void everyRuleHasAMessage() {
    List<String> mute = new ArrayList<>();

    collectMute("", version().getSchema().getOpenAPIV3Schema(), mute);

    assertThat(mute).isEmpty();
  }

  @Test
  void aFieldThatTheSchemaLacksIsDropped() {
    GenericKubernetesResource created =
        admission.client("pruned", "functionName: orders\ntimout: 5\nvpcConfig: {a: 1}").create();

    assertThat(created.getAdditionalProperties().get("spec"))
        .isEqualTo(Map.of("functionName", "orders", "vpcConfig", Map.of()));
  }

  @Test
  void aFieldThatTheSchemaLacksIsRefusedByApplyAndByStrictValidation() {
    String spec = "functionName: orders\ntimout: 5";

    assertThat(admission.refusalOf(spec)).contains(".spec.timout: field not declared in schema");
    assertThat(
            Admission.answer(
                () ->
                    admission
                        .client("strict", spec)
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create()))
        .contains("unknown field \"spec.timout\"");
  }

  private static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("deploy/samples"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSamplesAreLegal(Path sample) throws IOException {
    String manifest = Files.readString(sample);

    assertThat(Admission.answer(() -> Admission.patch(admission.client(manifest), "All"))).isNull();
  }

  private CustomResourceDefinitionVersion version() {
    return definition.getSpec().getVersions().getFirst();
  }

  private static void collectUnexplained(String path, JSONSchemaProps schema, List<String> found) {
    if (schema.getDescription() == null || schema.getDescription().isBlank()) {
      found.add(path);
    }
    inner(schema)
        .forEach((name, property) -> collectUnexplained(path + "." + name, property, found));
  }

  private static void collectUnbounded(String path, JSONSchemaProps schema, List<String> found) {
    if ("array".equals(schema.getType()) && schema.getMaxItems() == null) {
      found.add(path);
    }
    inner(schema).forEach((name, property) -> collectUnbounded(path + "." + name, property, found));
  }

  private static void collectMute(String path, JSONSchemaProps schema, List<String> found) {
    if (schema.getPattern() != null) {
      found.add(path + ": a pattern");
    }
    schema.getXKubernetesValidations().stream()
        .filter(rule -> rule.getMessage() == null || rule.getMessage().isBlank())
        .forEach(rule -> found.add(path + ": " + rule.getRule()));
    inner(schema).forEach((name, property) -> collectMute(path + "." + name, property, found));
    JSONSchemaProps item = schema.getItems() == null ? null : schema.getItems().getSchema();
    if (item != null) {
      collectMute(path + "[]", item, found);
    }
  }

  /** The fields of a structure, or of the structures in a list. */
  private static Map<String, JSONSchemaProps> inner(JSONSchemaProps schema) {
    if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
      return schema.getProperties();
    }
    JSONSchemaProps item = schema.getItems() == null ? null : schema.getItems().getSchema();
    return item == null || item.getProperties() == null ? Map.of() : item.getProperties();
  }
}
