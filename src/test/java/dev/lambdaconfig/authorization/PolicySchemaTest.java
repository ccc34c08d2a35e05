package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON schemas of a policy know the lists that the operator reads, and no others. */
final class PolicySchemaTest {

  @ParameterizedTest
  @CsvSource({
    "deploy/policy.schema.json, /properties/identities/items",
    "helm/lambda-config-operator/values.schema.json, /properties/policy/properties/identities/items"
  })
  void hasTheMembersOfAnIdentity(String schema, String identity) throws IOException {
    JsonNode items = new ObjectMapper().readTree(new File(schema)).at(identity);

    assertHasOnly(items, AssignedRoleReader.MEMBERS);
    assertThat(items.at("/required/0").asText()).isEqualTo("namespaces");
    assertThat(items.at("/required/1").asText()).isEqualTo("role");
  }

  @ParameterizedTest
  @CsvSource({
    "deploy/policy.schema.json, /properties/rules/items",
    "helm/lambda-config-operator/values.schema.json, /properties/policy/properties/rules/items"
  })
  void hasTheListsOfARule(String schema, String rule) throws IOException {
    JsonNode items = new ObjectMapper().readTree(new File(schema)).at(rule);

    assertHasOnly(items, PolicyReader.LISTS);
    assertThat(items.path("required")).hasSize(1);
    assertThat(items.at("/required/0").asText()).isEqualTo("namespaces");
  }

  /** Else the chart accepts a policy that the operator does not start with. */
  @Test
  void isTheSameForTheChart() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode file = json.readTree(new File("deploy/policy.schema.json")).path("properties");
    JsonNode chart =
        json.readTree(new File("helm/lambda-config-operator/values.schema.json"))
            .at("/properties/policy/properties");

    // In the chart, null stands for no rules.
    ObjectNode rules = chart.path("rules").deepCopy();
    assertThat(rules.path("type")).hasToString("[\"array\",\"null\"]");
    rules.put("type", "array");
    assertThat(rules).isEqualTo(file.path("rules"));
    assertThat(chart.path("identities")).isEqualTo(file.path("identities"));
  }

  private static void assertHasOnly(JsonNode items, List<String> members) {
    List<String> found = new ArrayList<>();
    items.path("properties").fieldNames().forEachRemaining(found::add);
    assertThat(found).containsExactlyElementsOf(members);
    assertThat(items.path("additionalProperties").asBoolean(true)).isFalse();
  }
}
