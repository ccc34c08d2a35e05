package dev.lambdaconfig.cli.status.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.plan.output.SchemaCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fleet for programs, and the schema of it in docs. */
final class FleetJsonTest {

  private static final Path SCHEMA = Path.of("docs/status.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode printed(FleetReport report) throws IOException {
    return MAPPER.readTree(FleetJson.of(report));
  }

  private static FleetReport sample() {
    return SampleFleet.report(SampleFleet.LEADER, SampleFleet.STANDBY, SampleFleet.BROKEN);
  }

  @Test
  void itHasTheMembersOfTheContract() throws IOException {
    JsonNode json = printed(sample());

    assertThat(json.path("apiVersion").asText()).isEqualTo("status.lambdaconfig.dev/v1");
    assertThat(json.path("states"))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"Deleting": 1, "NotReconciled": 2, "Suspended": 1, "Stalled": 6, "Reconciling": 1, "Ready": 2}
                """));
    assertThat(json.at("/reasons/1"))
        .isEqualTo(
            MAPPER.readTree(
                """
                {
                  "state": "Stalled", "reason": "Conflict", "count": 1,
                  "oldestResources": [
                    {"namespace": "team-b", "name": "conflict", "since": "2026-11-26T12:00:00Z"}
                  ]
                }
                """));
    assertThat(json.at("/oldestDifferences/0"))
        .isEqualTo(
            MAPPER.readTree(
                """
                {
                  "namespace": "team-b", "name": "conflict", "since": "2026-11-26T10:00:00Z",
                  "state": "Stalled", "reason": "Conflict",
                  "fields": ["timeout", "memorySize", "handler", "role", "runtime"], "moreFields": 0
                }
                """));
    assertThat(json.at("/operators"))
        .isEqualTo(
            MAPPER.readTree(
                """
                [
                  {
                    "source": "http://localhost:8080/metrics", "leader": true, "running": 2, "queued": 0,
                    "regions": [
                      {
                        "region": "eu-west-1", "callsPerSecond": 10.0, "getFunctionPerSecond": 100.0,
                        "inFlight": 1, "waiting": 4, "sweepAgeSeconds": 12, "sweepExpectedSeconds": 60,
                        "functions": 1204, "listing": true, "listRefused": false,
                        "endpointAvailable": true, "updatesPaused": false, "pausedNamespaces": 0
                      },
                      {
                        "region": "us-east-1", "callsPerSecond": 0.5, "listing": false,
                        "listRefused": true, "endpointAvailable": false, "updatesPaused": true,
                        "pausedNamespaces": 2
                      }
                    ]
                  },
                  {
                    "source": "http://two/metrics", "leader": false, "running": 0, "queued": 0,
                    "regions": []
                  },
                  {"source": "http://three/metrics", "problem": "it answers with status 500"}
                ]
                """));
  }

  @Test
  void itIsValidByItsSchema() throws IOException {
    SchemaCheck schema = SchemaCheck.of(SCHEMA);

    assertThat(schema.problems(printed(sample()))).isEmpty();
    assertThat(
            schema.problems(
                printed(new FleetTally().report(SampleFleet.NOW, "a", false, List.of()))))
        .isEmpty();
  }

  @Test
  void theSchemaRefusesAnythingElse() throws IOException {
    SchemaCheck schema = SchemaCheck.of(SCHEMA);
    ObjectNode report = (ObjectNode) printed(sample());

    ((ObjectNode) report.at("/reasons/0")).put("state", "Fine");
    ((ObjectNode) report.at("/operators/0/regions/0")).put("listing", "yes");
    report.remove("states");

    assertThat(schema.problems(report))
        .anySatisfy(problem -> assertThat(problem).contains("/reasons/0/state"))
        .anySatisfy(problem -> assertThat(problem).contains("/operators/0/regions/0/listing"))
        .anySatisfy(problem -> assertThat(problem).contains("states"));
  }
}
