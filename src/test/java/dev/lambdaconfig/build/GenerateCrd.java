package dev.lambdaconfig.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lambdaconfig.api.AllowedValues;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableFieldBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the CRD from the annotated Java, in a JVM of its own: the generator loads the classes, and
 * Maven's JVM may be too old for them.
 *
 * <p>What the generator's annotations cannot say is added here: how server-side apply merges
 * blocks, maps and lists, the words of {@link AllowedValues}, the default of {@code status}, and
 * the order of the printer columns.
 */
public final class GenerateCrd {

  private static final String HEADER =
      "# Generated from src/main/java/dev/lambdaconfig/api by the build. Do not edit.\n";

  /** Blocks that {@code {}} clears: as ordinary objects the API server refuses that step. */
  private static final List<String> ATOMIC_BLOCKS =
      List.of(
          "vpcConfig",
          "environment",
          "deadLetterConfig",
          "tracingConfig",
          "imageConfig",
          "snapStart",
          "loggingConfig");

  private static final String ITEMS = "[]";

  private static final List<String> COLUMNS =
      Arrays.asList(
          "Function",
          "Ready",
          "State",
          "Update",
          "Drift",
          "Age",
          "Region",
          "Runtime",
          "Memory",
          "Reason");

  private GenerateCrd() {}

  /**
   * Writes the CRD to every given file, and only where it differs from what is there.
   *
   * @param args the files
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    String yaml = generate();
    for (String arg : args) {
      Path file = Path.of(arg);
      if (!Files.exists(file) || !Files.readString(file).equals(yaml)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, yaml);
        System.out.println("wrote " + file);
      }
    }
  }

  /** The CRD as YAML. */
  static String generate() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new CRDGenerator()
        .customResourceClasses(LambdaFunctionConfig.class)
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(new Completion())
        .withOutput(new InMemory(bytes))
        .generate();
    String yaml = bytes.toString(StandardCharsets.UTF_8);
    return HEADER + yaml.substring(yaml.indexOf('\n') + 1);
  }

  private record InMemory(ByteArrayOutputStream bytes)
      implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return bytes;
    }

    @Override
    public void close() {}
  }

  private static final class Completion implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata crd, String crdVersion) {
      return complete((CustomResourceDefinition) crd);
    }
  }

  private static CustomResourceDefinition complete(CustomResourceDefinition crd) {
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
    version
        .getAdditionalPrinterColumns()
        .sort(
            Comparator.comparingInt(
                (CustomResourceColumnDefinition column) -> COLUMNS.indexOf(column.getName())));
    version.getAdditionalPrinterColumns().forEach(GenerateCrd::omitUnstoredPriority);
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(
        "LambdaFunctionConfig declares the configuration of one existing AWS Lambda function. A"
            + " setting that the spec names is enforced, an empty one is cleared, and an absent"
            + " one is not managed. The operator never writes the spec, and never creates or"
            + " deletes a function.");
    version.setSelectableFields(
        Stream.of(".spec.functionName", ".spec.region", ".status.state")
            .map(path -> new SelectableFieldBuilder().withJsonPath(path).build())
            .toList());
    completeSpec(property(root, "spec"));
    completeStatus(property(root, "status"));
    root.setRequired(List.of("spec"));
    removeRepeatedRules(root);
    return crd;
  }

  /** The API server does not store a priority of 0, so Argo CD would show a difference for ever. */
  private static void omitUnstoredPriority(CustomResourceColumnDefinition column) {
    if (Integer.valueOf(0).equals(column.getPriority())) {
      column.setPriority(null);
    }
  }

  private static void completeSpec(JSONSchemaProps spec) {
    spec.setDescription("Which function, and what its configuration shall be.");
    for (String block : ATOMIC_BLOCKS) {
      property(spec, block).setXKubernetesMapType("atomic");
    }
    property(property(spec, "environment"), "variables").setXKubernetesMapType("atomic");
    property(property(spec, "environment"), "valuesFrom").setXKubernetesListType("atomic");
    property(property(spec, "environment"), "envFrom").setXKubernetesListType("atomic");
    property(property(spec, "vpcConfig"), "subnetIds").setXKubernetesListType("set");
    property(property(spec, "vpcConfig"), "securityGroupIds").setXKubernetesListType("set");
    property(property(spec, "imageConfig"), "entryPoint").setXKubernetesListType("atomic");
    property(property(spec, "imageConfig"), "command").setXKubernetesListType("atomic");
    property(spec, "layers").setXKubernetesListType("atomic");
    property(spec, "fileSystemConfigs").setXKubernetesListType("atomic");
    AllowedValues.BY_PATH.forEach((path, words) -> choice(spec, path).setEnum(enumeration(words)));
  }

  private static JSONSchemaProps choice(JSONSchemaProps spec, String path) {
    JSONSchemaProps schema = spec;
    for (String name : path.split("\\.", -1)) {
      schema =
          name.endsWith(ITEMS)
              ? property(schema, name.substring(0, name.length() - ITEMS.length()))
                  .getItems()
                  .getSchema()
              : property(schema, name);
    }
    return schema;
  }

  private static List<JsonNode> enumeration(List<String> words) {
    return words.stream().map(word -> (JsonNode) JsonNodeFactory.instance.textNode(word)).toList();
  }

  private static void completeStatus(JSONSchemaProps status) {
    status.setDescription("What the operator last saw and did. Written by the operator alone.");
    // By kstatus's rules an object without a status is current; before the first reconcile it must
    // not be.
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    JSONSchemaProps conditions = property(status, "conditions");
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    for (String list :
        List.of(
            "architectures",
            "layers",
            "managedFields",
            "drift",
            "history",
            "baseline",
            "ignoredDrift",
            "owned",
            "valueSources")) {
      property(status, list).setXKubernetesListType("atomic");
    }
    JSONSchemaProps owned = property(status, "owned").getItems().getSchema();
    property(owned, "entries").setXKubernetesListType("atomic");
    property(owned, "provisional").setXKubernetesListType("atomic");
    property(property(status, "valueSources").getItems().getSchema(), "skippedKeys")
        .setXKubernetesListType("atomic");
    anyTypeOfTheApi(status, "baseline", "value");
    anyTypeOfTheApi(status, "ignoredDrift", "applied");
  }

  /** A value that can be a string, a number, or a list. */
  private static void anyTypeOfTheApi(JSONSchemaProps status, String list, String name) {
    JSONSchemaProps value = property(property(status, list).getItems().getSchema(), name);
    value.setType(null);
    value.setXKubernetesPreserveUnknownFields(true);
  }

  /** An annotation of a record component is found twice: at the field and at the accessor. */
  private static void removeRepeatedRules(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(GenerateCrd::removeRepeatedRules);
    }
    if (schema.getItems() != null) {
      removeRepeatedRules(schema.getItems().getSchema());
    }
  }

  private static JSONSchemaProps property(JSONSchemaProps parent, String name) {
    JSONSchemaProps property = parent.getProperties().get(name);
    if (property == null) {
      throw new IllegalStateException("the schema has no property " + name);
    }
    return property;
  }
}
