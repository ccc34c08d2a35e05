package dev.lambdaconfig.cli.export.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of resources for the names of functions. */
final class ResourceNamesTest {

  private static final String DNS =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  @ParameterizedTest
  @CsvSource({
    "orders-api, orders-api",
    "7, 7",
    "OrdersApi, ordersapi.41",
    "orders_api, orders-api.40",
    "orders-Api, orders-api.80",
    "-a, x-a.0s",
    "a_, a-x.2t",
    "_, x-x.1st",
    "ordersapi, ordersapi"
  })
  void aNameThatKubernetesDoesNotAllowSaysWhatWasChanged(String function, String resource) {
    assertThat(ResourceNames.of(function, null)).isEqualTo(resource);
  }

  @Test
  void ofSeveralRegionsTheNameHasTheRegion() {
    assertThat(ResourceNames.of("Orders", "eu-west-1")).isEqualTo("orders.1.eu-west-1");
  }

  @Test
  void noTwoFunctionsShareAName() {
    Map<String, String> functions = new HashMap<>();
    for (int length = 1; length <= 5; length++) {
      everyName("", length, functions);
    }
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      add(longName(random), functions);
    }
    assertThat(functions).hasSizeGreaterThan(20_000);
  }

  private static void everyName(String begun, int length, Map<String, String> functions) {
    if (length == 0) {
      add(begun, functions);
      return;
    }
    for (char each : "aA-_1fst".toCharArray()) {
      everyName(begun + each, length - 1, functions);
    }
  }

  private static String longName(Random random) {
    String letters = "abcXYZ012-_";
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      name.append(letters.charAt(random.nextInt(letters.length())));
    }
    return name.toString();
  }

  private static void add(String function, Map<String, String> functions) {
    String resource = ResourceNames.of(function, null);
    assertThat(resource).matches(DNS).hasSizeLessThan(100);
    String other = functions.put(resource, function);
    assertThat(other == null || other.equals(function)).as("%s and %s", other, function).isTrue();
  }
}
