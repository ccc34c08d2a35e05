package dev.lambdaconfig.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;

/**
 * The kind of an operator's resources, and how one is written.
 *
 * @param manifest YAML or JSON, with placeholders
 * @param change a merge patch that sets another timeout, the same
 */
record ResourceMapping(
    String group, String version, String kind, String plural, String manifest, String change) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The path of the resources of a namespace at the API server. */
  String path(String namespace) {
    return "apis/" + group + "/" + version + "/namespaces/" + namespace + "/" + plural;
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  /** The manifest of one resource, as JSON. */
  String manifest(Map<String, ?> values) {
    return json(new Template(manifest).with(values));
  }

  /** A merge patch that sets a timeout, as JSON. */
  String change(int timeout) {
    return json(new Template(change).with(Map.of("timeout", timeout)));
  }

  private static String json(String yaml) {
    try {
      return JSON.writeValueAsString(YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new BenchmarkFailed(e.getOriginalMessage() + ", in:\n" + yaml);
    }
  }
}
