package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An explicit empty value removes what is the resource's own under Merge, and nothing else. */
final class ClearedMergeIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @ParameterizedTest
  @EnumSource
  void variablesOfTheResourceAreRemoved(WayOfApplying way) {
    // Given
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"THEIRS\": \"x\"}}}"));
    apply("environment: {policy: Merge, variables: {AA: x, BB: y}}");

    // When
    change(
        way,
        "environment: {policy: Merge, variables: {}}",
        "{\"environment\":{\"variables\":{\"AA\":null,\"BB\":null}}}");

    // Then
    assertThat(variables()).containsExactly("THEIRS");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void variablesFromASecretAreRemoved(WayOfApplying way) {
    // Given
    objects.secret("db", Map.of("password", "x"));
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with("{\"Environment\": {\"Variables\": {\"THEIRS\": \"x\"}}}"));
    apply(
        "environment: {policy: Merge, valuesFrom: [{name: AA, secretKeyRef: {name: db, key:"
            + " password}}], envFrom: [{secretRef: {name: db}}]}");
    assertThat(variables()).containsExactly("AA", "THEIRS", "password");

    // When
    change(
        way,
        "environment: {policy: Merge, valuesFrom: []}",
        "{\"environment\":{\"valuesFrom\":[],\"envFrom\":null}}");

    // Then
    assertThat(variables()).containsExactly("THEIRS");
    assertThat(resources.status("orders").valueSources).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void layersOfTheResourceAreRemoved(WayOfApplying way) {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .changeBehindTheBack("orders", "{\"Layers\": [\"%s\"]}".formatted(layer("theirs")));
    apply("layersPolicy: Merge\nlayers: ['%s']".formatted(layer("ours")));

    // When
    change(way, "layersPolicy: Merge\nlayers: []", "{\"layers\":[]}");

    // Then
    assertThat(operator.aws().function("orders").path("Layers"))
        .extracting(layer -> layer.path("Arn").asText())
        .containsExactly(layer("theirs"));
  }

  private void apply(String settings) {
    resources.apply("orders", "functionName: orders\n" + settings);
    resources.awaitReady("orders");
  }

  private void change(WayOfApplying way, String settings, String patch) {
    String spec = "functionName: orders\n" + settings;
    way.change(resources, "orders", spec, patch);
    resources.awaitReady("orders");
  }

  private List<String> variables() {
    JsonNode variables = operator.aws().function("orders").at("/Environment/Variables");
    List<String> names = new ArrayList<>();
    variables.fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }

  private static String layer(String name) {
    return "arn:aws:lambda:eu-west-1:123456789012:layer:" + name + ":1";
  }
}
