package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Layers under {@code layersPolicy: Merge}: the spec's own, and those that others add. */
final class MergedLayersIT {

  private static final String VENDOR = layer("vendor:3");

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aVendorsLayerIsKeptBehindOurs() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets(VENDOR);

    // When
    merge(layer("b:1"), layer("a:1"));

    // Then
    assertThat(layers()).containsExactly(layer("b:1"), layer("a:1"), VENDOR);
    assertThat(resources.status("orders").owned)
        .containsExactly(new OwnedEntries("layers", List.of(layer("b:1"), layer("a:1")), null));

    // And it is kept through changes of the spec, and is no drift
    merge(layer("a:1"), layer("b:2"));
    assertThat(layers()).containsExactly(layer("a:1"), layer("b:2"), VENDOR);
    assertThat(resources.condition("orders", "Drifted").status()).isEqualTo("False");
    assertThat(updates()).hasSize(2);
  }

  @Test
  void aDroppedLayerIsRemovedIfTheResourceHasAddedIt() {
    // Given: one of the spec's layers was there before
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets(layer("there:1"), VENDOR);
    merge(layer("there:1"), layer("a:1"), layer("b:1"));

    // When
    merge(layer("a:1"));

    // Then
    assertThat(layers()).containsExactly(layer("a:1"), layer("there:1"), VENDOR);

    // And an empty list removes what is left of ours
    resources.apply("orders", "functionName: orders\nlayersPolicy: Merge\nlayers: []");
    resources.awaitReady("orders");
    assertThat(layers()).containsExactly(layer("there:1"), VENDOR);
    assertThat(resources.status("orders").owned)
        .containsExactly(new OwnedEntries("layers", List.of(), null));
  }

  @Test
  void anotherVersionOfALayerOfTheSpecIsReplaced() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets(layer("a:7"), VENDOR);

    // When
    merge(layer("a:1"));

    // Then
    assertThat(layers()).containsExactly(layer("a:1"), VENDOR);
  }

  @Test
  void aVendorThatWritesBetweenReadAndUpdateLosesNothing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    merge(layer("a:1"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(() -> vendorSets(layer("a:1"), VENDOR));

    // When
    merge(layer("a:1"), layer("b:1"));

    // Then
    assertThat(layers()).containsExactly(layer("a:1"), layer("b:1"), VENDOR);
    assertThat(updates()).extracting(LoggedRequest::httpStatus).containsExactly(200, 412, 200);
  }

  @Test
  void moreThanFiveTogetherAreReportedWithBothLists() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets(VENDOR, layer("other:1"));

    // When
    resources.apply(
        "orders", "functionName: orders\ntimeout: 30\n" + merged("a:1", "b:1", "c:1", "d:1"));

    // Then: what else differs is sent
    resources.awaitStalled("orders", "TooManyLayers");
    assertThat(resources.condition("orders", "Stalled").message())
        .contains(
            "Lambda allows 5 layers, and there are 6: spec.layers has 4 (" + layer("a:1") + ", ",
            "other writers have added 2 (" + VENDOR + ", " + layer("other:1") + ")",
            "layersPolicy: Replace");
    assertThat(resources.condition("orders", "Drifted").status()).isEqualTo("True");
    assertThat(updates()).hasSize(1);
    assertThat(updates().getFirst().memberNames()).doesNotContain("Layers");

    // When a vendor removes one
    vendorSets(VENDOR);

    // Then
    resources.awaitReady("orders");
    assertThat(layers()).hasSize(5).endsWith(VENDOR);
  }

  @Test
  void theOtherPolicyTakesEffectAtOnce() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets(VENDOR);
    merge(layer("a:1"), layer("b:1"));

    // When
    resources.apply(
        "orders", "functionName: orders\nlayers: " + quoted(layer("a:1"), layer("b:1")));
    resources.awaitReady("orders");

    // Then
    assertThat(layers()).containsExactly(layer("a:1"), layer("b:1"));
    assertThat(resources.status("orders").owned).isNull();

    // When it is changed back, what the spec still has is ours
    merge(layer("a:1"), layer("b:1"));
    vendorSets(layer("a:1"), layer("b:1"), VENDOR);
    merge(layer("a:1"));

    // Then
    assertThat(layers()).containsExactly(layer("a:1"), VENDOR);
  }

  @Test
  void aRefusedUpdateOwnsNothing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    vendorSets(layer("a:7"));
    resources.apply("orders", "functionName: orders\nruntime: cobol85\n" + merged("a:1"));
    resources.awaitStalled("orders", "InvalidParameterValueException");
    assertThat(resources.status("orders").owned)
        .containsExactly(new OwnedEntries("layers", List.of(), null));

    // When
    merge(layer("b:1"));

    // Then: the layer of the other writer stays
    assertThat(layers()).containsExactly(layer("b:1"), layer("a:7"));
  }

  private static String layer(String nameAndVersion) {
    return "arn:aws:lambda:eu-west-1:123456789012:layer:" + nameAndVersion;
  }

  private static String quoted(String... arns) {
    return Arrays.stream(arns).collect(Collectors.joining("\", \"", "[\"", "\"]"));
  }

  private static String merged(String... names) {
    return "layersPolicy: Merge\nlayers: "
        + quoted(Arrays.stream(names).map(MergedLayersIT::layer).toArray(String[]::new));
  }

  private void merge(String... arns) {
    resources.apply("orders", "functionName: orders\nlayersPolicy: Merge\nlayers: " + quoted(arns));
    resources.awaitReady("orders");
  }

  private void vendorSets(String... arns) {
    operator.aws().changeBehindTheBack("orders", "{\"Layers\": " + quoted(arns) + "}");
  }

  private List<String> layers() {
    List<String> arns = new ArrayList<>();
    for (JsonNode layer : operator.aws().function("orders").path("Layers")) {
      arns.add(layer.path("Arn").asText());
    }
    return arns;
  }

  private List<LoggedRequest> updates() {
    return operator.aws().requests().updatesOf("orders");
  }
}
