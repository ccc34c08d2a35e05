package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.manifest.tree.TrustedYaml;

/** The schemas of the installed kind, and of metadata, out of the jar. */
final class CrdSchema {

  private static final String CRD = "lambdafunctionconfigs.lambdaconfig.dev.yaml";
  private static final String METADATA = "object-meta.yaml";

  private CrdSchema() {}

  /** The schema of the resource as a whole. */
  static Schema resource() {
    for (JsonNode version : TrustedYaml.read(CrdSchema.class, CRD).at("/spec/versions")) {
      if (version.path("name").asText().equals(LambdaFunctionConfig.VERSION)) {
        return Schema.of(version.at("/schema/openAPIV3Schema"));
      }
    }
    throw new IllegalStateException("the CRD has no version " + LambdaFunctionConfig.VERSION);
  }

  /** The schema of {@code metadata}, which is the same for all kinds. */
  static Schema metadata() {
    return Schema.of(TrustedYaml.read(CrdSchema.class, METADATA));
  }
}
