package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that are as large as the API server stores them, in keys or in metadata. */
final class HostileSecretsIT {

  private static final int LONGEST_KEY = 253;
  private static final int LARGEST_ANNOTATION = 250_000;

  private static final String WHOLE =
      "functionName: orders\nenvironment: {envFrom: [{secretRef: {name: db}}]}\n";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().startedByTest().withSeparateApiServer();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @BeforeEach
  void createFunction() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
  }

  @Test
  void thousandsOfUnusableKeysDoNotFillTheStatus() throws Exception {
    // Given: no name of a variable has a dot, and none is AWS's own
    Map<String, String> keys = new TreeMap<>();
    IntStream.range(0, 3_000).forEach(i -> keys.put(key("k.%04d.".formatted(i)), "x"));
    keys.put("AWS_REGION", "mars-north-1");
    keys.put("_HANDLER", "app.evil");
    keys.put("PASSWORD", "first");
    keys.put("zone", "last");
    objects.secret("db", keys);

    // When
    operator.start();
    resources.apply("orders", WHOLE);

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").at("/Environment/Variables"))
        .hasToString("{\"PASSWORD\":\"first\",\"zone\":\"last\"}");
    assertThat(requireNonNull(resources.status("orders").valueSources))
        .singleElement()
        .satisfies(
            source ->
                assertThat(source.skippedKeys())
                    .hasSizeBetween(1, 20)
                    .allSatisfy(key -> assertThat(key).hasSizeLessThan(100)));
    assertThat(Serialization.asJson(resources.status("orders"))).hasSizeLessThan(10_000);
  }

  @Test
  void metadataOfHundredsOfSecretsFillsNoMemory(@TempDir Path folder) throws Exception {
    // Given: together as large as the whole heap
    IntStream.range(0, 500).parallel().forEach(this::createAnnotated);
    objects.secret("db", Map.of("PASSWORD", "first"));
    resources.apply("orders", WHOLE);

    // When: they come in a list
    try (OperatorJar jar =
        OperatorJar.startAsShipped(
            folder,
            operator.rights().kubeconfig(Set.of(operator.namespace())),
            operator.aws().endpoint(),
            Map.of("LAMBDA_CONFIG_NAMESPACES", operator.namespace()))) {
      awaitPassword(jar, "first");

      // When: they come from a watch, and a rotation after them
      IntStream.range(500, 600).parallel().forEach(this::createAnnotated);
      objects.rotate("db", "PASSWORD", "second");

      // Then
      awaitPassword(jar, "second");
    }
  }

  private void createAnnotated(int number) {
    var unused =
        operator
            .server()
            .client()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("annotated-" + number)
                    .withNamespace(operator.namespace())
                    .addToAnnotations("note", "x".repeat(LARGEST_ANNOTATION))
                    .endMetadata()
                    .build())
            .create();
  }

  private void awaitPassword(OperatorJar jar, String value) {
    jar.await("the function to have its " + value + " password")
        .until(
            () ->
                operator
                    .aws()
                    .function("orders")
                    .at("/Environment/Variables/PASSWORD")
                    .asText()
                    .equals(value));
  }

  private static String key(String start) {
    return start + "k".repeat(LONGEST_KEY - start.length());
  }
}
