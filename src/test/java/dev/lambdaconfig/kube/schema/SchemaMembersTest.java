package dev.lambdaconfig.kube.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The members of specs, against the CustomResourceDefinition and what an older one lacks of it. */
final class SchemaMembersTest {

  @Test
  void ofTheOwnDefinitionEachMemberIsKnownAndNoneIsHidden() throws Exception {
    // The next member of a spec, whatever it changes, is one of them.
    assertThat(SchemaMembers.undeclared(SchemaMembers.SPEC, ownSpec())).isEmpty();
    assertThat(declared("", ownSpec(), new TreeSet<>())).isEqualTo(SchemaMembers.SPEC);
    assertThat(SchemaMembers.SPEC)
        .contains(
            "suspend",
            "mode",
            "deletionPolicy",
            "serviceAccountName",
            "layersPolicy",
            "environment.policy",
            "environment.valuesFrom[].secretKeyRef.optional");
  }

  @Test
  void eachMemberThatADefinitionLacksIsHidden() throws Exception {
    for (String member : SchemaMembers.SPEC) {
      ObjectNode spec = ownSpec();
      int last = member.lastIndexOf('.');
      String parent = last < 0 ? "" : member.substring(0, last);
      ObjectNode within = spec;
      for (String step : parent.isEmpty() ? new String[0] : parent.split("\\.", -1)) {
        JsonNode next = within.path("properties").path(step.replace("[]", ""));
        within = (ObjectNode) (step.endsWith("[]") ? next.path("items") : next);
      }
      ((ObjectNode) within.path("properties")).remove(member.substring(last + 1));

      assertThat(SchemaMembers.undeclared(SchemaMembers.SPEC, spec)).contains(member);
    }
  }

  private static Set<String> declared(String prefix, JsonNode schema, Set<String> into) {
    for (var property : schema.path("properties").properties()) {
      String path = prefix + property.getKey();
      into.add(path);
      declared(path + ".", property.getValue(), into);
      declared(path + "[].", property.getValue().path("items"), into);
    }
    return into;
  }

  private static ObjectNode ownSpec() throws Exception {
    JsonNode definition =
        Serialization.unmarshal(
            Files.readString(Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml")),
            JsonNode.class);
    return new ObjectMapper()
        .convertValue(
            definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"),
            ObjectNode.class);
  }
}
