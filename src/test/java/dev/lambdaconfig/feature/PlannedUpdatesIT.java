package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.packaged.PlanJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged {@code plan} prints the very requests that the operator sends once the same
 * manifests are applied, and nothing is left to plan afterwards.
 */
final class PlannedUpdatesIT {

  /** JSON has one kind of number: 2.0 is 2. */
  private static final Comparator<JsonNode> NUMBERS =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.VALUES).startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects values = new ValueObjects(operator);

  @TempDir private Path folder = Path.of("");

  /** The specs by the names of their functions. */
  private final Map<String, String> specs = new TreeMap<>();

  @Test
  void thePlanOfManifestsIsWhatTheOperatorSends() throws Exception {
    // Given
    for (FieldRow row : FieldMatrix.ROWS) {
      for (int step = 0; step < row.steps().size(); step++) {
        String name = function(row.name() + "-" + step);
        operator.aws().createFunction(seed(row, name));
        specs.put(name, row.steps().get(step).spec());
      }
    }
    operator.aws().createFunction(FunctionSeed.zip(function("with-secret")));
    values.secret("db", Map.of("password", "c4n4ry"));
    specs.put(
        function("with-secret"),
        "environment: {valuesFrom: [{name: PASSWORD, secretKeyRef: {name: db, key: password}}]}");
    Path manifests = manifests();
    PlanJar.Result plan = plan("-f", manifests.toString());
    assertThat(plan.exitCode()).as(plan.err()).isEqualTo(2);

    // When
    specs.forEach((name, spec) -> resources.apply(name, functionSpec(name, spec)));
    operator.start(operator.options().withAwsMaxRequestsPerSecond(1000));
    specs.keySet().forEach(resources::awaitReady);

    // Then
    for (JsonNode planned : plan.json().path("functions")) {
      String name = planned.path("name").asText();
      List<JsonNode> sent = new ArrayList<>();
      operator.aws().requests().updatesOf(name).forEach(update -> sent.add(printed(update)));
      assertThat(sent)
          .as(name + ": " + specs.get(name))
          .usingElementComparator((one, other) -> one.equals(NUMBERS, other) ? 0 : 1)
          .isEqualTo(planned.has("request") ? List.of(planned.get("request")) : List.of());
    }
    assertThat(operator.aws().requests().updates()).hasSizeGreaterThan(50);
    assertThat(plan.out()).contains("with-secret").doesNotContain("c4n4ry");
    assertNothingLeft(plan("-f", manifests.toString()));
    assertNothingLeft(
        plan(
            "--live",
            "--namespace=" + operator.namespace(),
            "--kubeconfig=" + operator.server().kubeconfig()));
  }

  private void assertNothingLeft(PlanJar.Result result) throws IOException {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.json().at("/summary/none").asInt()).isEqualTo(specs.size());
  }

  private PlanJar.Result plan(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-o", "json", "--quiet"));
    return PlanJar.of(folder, operator.aws().endpoint()).plan(all.toArray(String[]::new));
  }

  /** A name that no other test has, because the resources of all namespaces have claims. */
  private static String function(String name) {
    return "planned-" + name;
  }

  /** AWS stores a key only of a function that has variables. */
  private static FunctionSeed seed(FieldRow row, String name) {
    FunctionSeed seed = row.image() ? FunctionSeed.image(name) : FunctionSeed.zip(name);
    FunctionSeed with = seed.with(row.seed());
    return row.field().equals("kmsKeyArn")
        ? with.with("Environment", Map.of("Variables", Map.of("AA", "x")))
        : with;
  }

  private static String functionSpec(String name, String spec) {
    return "functionName: " + name + "\n" + spec;
  }

  /** One file with a Secret, as kustomize prints them together. */
  private Path manifests() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: db, namespace: %s}
            stringData: {password: c4n4ry}
            """
                .formatted(operator.namespace()));
    specs.forEach(
        (name, spec) ->
            text.append(
                """
                ---
                apiVersion: lambdaconfig.dev/v1alpha1
                kind: LambdaFunctionConfig
                metadata: {name: %s, namespace: %s}
                spec:
                %s
                """
                    .formatted(
                        name,
                        operator.namespace(),
                        functionSpec(name, spec).indent(2).stripTrailing())));
    return Files.writeString(folder.resolve("all.yaml"), text);
  }

  /** The body of an update as a plan prints it. */
  private static JsonNode printed(LoggedRequest update) {
    ObjectNode body = ((ObjectNode) Objects.requireNonNull(update.body())).deepCopy();
    if (body.at("/Environment/Variables") instanceof ObjectNode variables) {
      List<String> names = new ArrayList<>();
      variables.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> variables.put(name, "(withheld)"));
    }
    return body;
  }
}
