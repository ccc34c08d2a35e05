package dev.lambdaconfig.cli.plan.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A plan for programs, and the schema of it in docs. */
final class JsonRendererTest {

  private static final Path SCHEMA = Path.of("docs/plan.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode printed(PlanReport report) throws IOException {
    return MAPPER.readTree(new JsonRenderer().render(report));
  }

  @Test
  void itHasTheMembersOfTheContract() throws IOException {
    assertThat(printed(SamplePlans.report()))
        .isEqualTo(
            MAPPER.readTree(
                """
                {
                  "apiVersion": "plan.lambdaconfig.dev/v1",
                  "functions": [
                    {
                      "namespace": "team-a", "name": "orders", "file": "orders.yaml", "line": 1,
                      "functionName": "orders", "region": "eu-west-1", "action": "update",
                      "changes": [
                        {"path": "timeout", "from": 3, "to": 30},
                        {"path": "description", "from": null, "to": "takes \\"orders\\""},
                        {"path": "layers", "from": ["arn:a:1", "arn:b:2"], "to": null},
                        {"path": "environment.variables.LOG_LEVEL", "from": "missing", "to": "present"},
                        {"path": "environment.variables.MODE", "from": "present", "to": "differs"},
                        {"path": "environment.variables.OLD", "from": "present", "to": "missing"}
                      ],
                      "request": {
                        "Description": "takes \\"orders\\"",
                        "Environment": {"Variables": {"LOG_LEVEL": "(withheld)", "MODE": "(withheld)"}},
                        "Layers": [], "RevisionId": "5f3c1e7e", "Timeout": 30
                      },
                      "notCompared": ["environment.variables.DB_PASSWORD"],
                      "notes": ["planned with the credentials of this run; the operator acts as the \
                role of the ServiceAccount writer"]
                    },
                    {
                      "namespace": "team-a", "name": "billing", "file": "orders.yaml", "line": 20,
                      "functionName": "billing", "region": "eu-west-1", "action": "none",
                      "changes": [], "notCompared": []
                    },
                    {
                      "namespace": "team-a", "name": "audit", "file": "orders.yaml", "line": 30,
                      "functionName": "audit", "region": "eu-west-1", "action": "none",
                      "changes": [],
                      "drift": [{"path": "handler", "from": "old.handler", "to": "new.handler"}],
                      "notCompared": [], "notes": ["mode: Observe: reported, and not sent"]
                    },
                    {
                      "namespace": "team-a", "name": "missing", "file": "orders.yaml", "line": 40,
                      "functionName": "gone", "region": "eu-west-1", "action": "error",
                      "changes": [], "notCompared": [],
                      "error": {
                        "reason": "FunctionNotFound",
                        "message": "Function not found: gone; deploy the function, or correct functionName"
                      }
                    },
                    {
                      "file": "broken.yaml", "line": 3, "action": "error",
                      "changes": [], "notCompared": [],
                      "error": {"reason": "InvalidManifest", "message": "this is no YAML"}
                    }
                  ],
                  "summary": {"none": 2, "update": 1, "error": 2},
                  "skippedKinds": {"Deployment": 3, "Service": 1}
                }
                """));
  }

  @Test
  void itIsValidByItsSchema() throws IOException {
    SchemaCheck schema = SchemaCheck.of(SCHEMA);

    assertThat(schema.problems(printed(SamplePlans.report()))).isEmpty();
    assertThat(schema.problems(printed(SamplePlans.hostile()))).isEmpty();
    assertThat(schema.problems(printed(new PlanReport(List.of(), new TreeMap<>())))).isEmpty();
  }

  @Test
  void theSchemaRefusesAnythingElse() throws IOException {
    SchemaCheck schema = SchemaCheck.of(SCHEMA);
    ObjectNode report = (ObjectNode) printed(SamplePlans.report());
    ObjectNode function = (ObjectNode) report.at("/functions/0");
    ObjectNode variable = (ObjectNode) report.at("/functions/0/changes/3");

    function.put("action", "delete");
    variable.put("from", "a value");
    report.remove("summary");

    assertThat(schema.problems(report))
        .anySatisfy(problem -> assertThat(problem).contains("/functions/0/action"))
        .anySatisfy(problem -> assertThat(problem).contains("/functions/0/changes/3"))
        .anySatisfy(problem -> assertThat(problem).contains("summary"));
  }
}
