package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resources with extreme content, from a list and from a watch: each reports what is wrong with it,
 * and all others work.
 */
final class ExtremeContentIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().startedByTest().withSeparateApiServer();

  private final ResourceClient resources = operator.resources();

  /** The message that is to be expected, by a spec that only a schema without bounds lets in. */
  private static final Map<String, String> EXTREMES = extremes();

  private static Map<String, String> extremes() {
    Map<String, String> extremes = new LinkedHashMap<>();
    String megabyte = "A".repeat(1_000_000);
    extremes.put(
        variables("A".repeat(50_001), "x"), "environment.variables are 50009 bytes as JSON");
    extremes.put(variables(megabyte, "x"), "spec has 1000039 characters of JSON");
    extremes.put(variables("AA", megabyte), "at most 131072 are allowed");
    extremes.put(setting("\"%s\":5".formatted(megabyte)), "at most 131072 are allowed");
    extremes.put(setting("\"layers\":" + nested(9000)), "more than 32 lists and maps");
    extremes.put(setting("\"colour\":" + nested(9000)), "more than 32 lists and maps");
    extremes.put(setting("\"timeout\":" + "9".repeat(300)), "spec.timeout must be a whole number");
    extremes.put(
        setting("\"memorySize\":0." + "1".repeat(2000)), "spec.memorySize must be a whole number");
    extremes.put(setting("\"imageConfig\":{\"command\":[" + items(200_000) + "]}"), "values, and");
    extremes.put("{\"functionName\":\"" + "f".repeat(60_000) + "\"}", "AWS allows at most 140");
    extremes.put(
        setting("\"description\":\"\\ud800\",\"timeout\":\"\\udfff\""),
        "spec.timeout must be a whole number");
    extremes.put(
        "{\"functionName\":\"f\",\"environment\":{\"variables\":{%s}}}"
            .formatted(
                IntStream.range(0, 4000)
                    .mapToObj(i -> "\"V" + i + "\":null")
                    .collect(Collectors.joining(","))),
        "and 3991 more");
    return extremes;
  }

  private static String setting(String setting) {
    return "{\"functionName\":\"f\"," + setting + "}";
  }

  private static String variables(String name, String value) {
    return setting("\"environment\":{\"variables\":{\"%s\":\"%s\"}}".formatted(name, value));
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String items(int count) {
    return IntStream.range(0, count).mapToObj(i -> "\"a\"").collect(Collectors.joining(","));
  }

  @BeforeEach
  void letAnythingIn(@TempDir Path folder) throws Exception {
    operator.server().applyCrd(LaxSchema.write(folder));
    for (String name : new String[] {"before", "after", "spoilt"}) {
      operator.aws().createFunction(FunctionSeed.zip(name));
    }
  }

  @Test
  void aListOfExtremesStallsThemAndNobodyElse() throws Exception {
    // Given
    createAll();
    LaxSchema.create(operator, "before", spec("before"), "{}");
    LaxSchema.create(
        operator,
        "spoilt",
        spec("spoilt"),
        "{\"history\":%s,\"state\":\"%s\",\"%s\":1,\"baseline\":[{\"path\":\"timeout\",\"value\":%s}]}"
            .formatted(nested(9000), "A".repeat(200_000), "A".repeat(200_000), nested(9000)));

    // When
    operator.start();

    // Then
    checkAll();
    resources.awaitReady("before");
    awaitReadyAgain("spoilt");
  }

  @Test
  void aWatchOfExtremesStallsThemAndNobodyElse() throws Exception {
    // Given
    LaxSchema.create(operator, "before", spec("before"), "{}");
    operator.start();
    resources.awaitReady("before");

    // When
    createAll();
    LaxSchema.create(operator, "after", spec("after"), "{}");

    // Then
    checkAll();
    resources.awaitReady("after");
    assertThat(operator.aws().requests().updatesOf("f")).isEmpty();
  }

  private void awaitReadyAgain(String name) {
    try (KubernetesClient client = LaxSchema.client(operator)) {
      Awaitility.await(name + " to be Ready")
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                StatusCondition ready =
                    LaxSchema.condition(client, operator, name, Conditions.READY);
                return ready != null && ready.status().equals("True");
              });
    }
  }

  private static String spec(String function) {
    return "{\"functionName\":\"%s\",\"timeout\":30}".formatted(function);
  }

  private void createAll() {
    int i = 0;
    for (String spec : EXTREMES.keySet()) {
      LaxSchema.create(operator, "extreme-" + i++, spec, "{}");
    }
  }

  private void checkAll() {
    // Other clients read no such names.
    try (KubernetesClient client = LaxSchema.client(operator)) {
      int i = 0;
      for (String message : EXTREMES.values()) {
        String name = "extreme-" + i++;
        StatusCondition stalled =
            Awaitility.await(name + " to be Stalled")
                .atMost(Duration.ofSeconds(60))
                .until(
                    () -> LaxSchema.condition(client, operator, name, Conditions.STALLED),
                    Objects::nonNull);
        assertThat(stalled.reason()).as(name).isEqualTo("InvalidSpec");
        assertThat(stalled.message()).as(name).contains(message).hasSizeLessThan(2000);
      }
    }
  }
}
