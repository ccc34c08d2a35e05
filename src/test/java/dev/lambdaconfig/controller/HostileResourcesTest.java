package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.hostile.HostileJson;
import dev.lambdaconfig.hostile.HostileManifest;
import dev.lambdaconfig.hostile.WritableStatus;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import dev.lambdaconfig.plan.Generator;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever a resource and its function say, the whole controller ends each reconcile with a status
 * that can be written, sends few requests, tells no value and keeps nothing.
 */
final class HostileResourcesTest {

  private static final int RECONCILES = 5;

  private final KubernetesSerialization serialization = StrippedSerialization.create();
  private final InMemoryController controller = new InMemoryController();
  private final WritableStatus writable = new WritableStatus();

  HostileResourcesTest() throws IOException {}

  @Test
  void eachHasAStatusAndTakesNothingFromTheOthers() {
    // Given
    controller.aws.create("healthy", "{Timeout: 3}");
    LambdaFunctionConfig healthy =
        controller.create("team", "healthy", "{functionName: healthy, timeout: 30}");
    reconcile(healthy);
    Map<String, Long> before = sizes();

    // When
    HostileCases.of("resources", 20).run(this::reconcile);

    // Then
    assertThat(outcome(controller.status(healthy))).isEqualTo("Ready");
    Awaitility.await("what was kept for them to be released")
        .untilAsserted(
            () -> {
              // A sweep may have scheduled a read of it.
              controller.reconcile(healthy);
              assertThat(sizes())
                  .allSatisfy(
                      (name, size) ->
                          assertThat(size)
                              .as(name)
                              .isLessThanOrEqualTo(before.getOrDefault(name, 0L)));
            });
  }

  private String reconcile(long seed, Random random) {
    // Given
    String name = "fn-" + seed;
    ObjectNode function = new Generator(seed).function();
    HostileJson json = new HostileJson(random, 3000);
    ObjectNode observed = random.nextBoolean() ? json.sameTypes(function) : function;
    controller.aws.create(name, observed);
    HostileManifest manifest = new HostileManifest(seed, random, name);
    var unused = serialization.unmarshal(manifest.text(), LambdaFunctionConfig.class);
    LambdaFunctionConfig resource =
        controller.store(
            "team",
            "r-" + seed,
            serialization.unmarshal(manifest.storedText(), LambdaFunctionConfig.class));
    if (resource.getStatus() != null) {
      controller.statuses.set(resource, resource.getStatus());
    }
    int eventsBefore = controller.events.size();
    int callsBefore = controller.aws.reads.size() + controller.aws.updates.size();

    // When
    reconcile(resource);
    if (random.nextInt(8) == 0) {
      resource.getMetadata().setFinalizers(List.of(RestoreFinalizer.NAME));
      resource.getMetadata().setDeletionTimestamp(resource.getMetadata().getCreationTimestamp());
      reconcile(resource);
    }

    // Then
    assertThat(controller.aws.reads.size() + controller.aws.updates.size() - callsBefore)
        .as("calls")
        .isLessThanOrEqualTo(3 * 2 * RECONCILES);
    LambdaFunctionConfigStatus status = controller.status(resource);
    String reported =
        writable.require(status)
            + controller.events.subList(eventsBefore, controller.events.size()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining());
    if (!tellsElsewhere(manifest.spec(), "environment")
        && !tellsElsewhere(observed, "Environment")) {
      assertThat(reported).doesNotContain(Generator.CANARY);
    }
    controller.delete(resource);
    return outcome(status);
  }

  private void reconcile(LambdaFunctionConfig resource) {
    for (int i = 0; i < RECONCILES; i++) {
      controller.reconcile(resource);
      controller.aws.settle();
    }
  }

  /** Whether a value of a variable was also put where values are no secrets. */
  private static boolean tellsElsewhere(ObjectNode tree, String environment) {
    ObjectNode rest = tree.deepCopy();
    rest.remove(environment);
    return rest.toString().contains(Generator.CANARY);
  }

  private static String outcome(LambdaFunctionConfigStatus status) {
    for (String type : List.of(Conditions.READY, Conditions.STALLED, Conditions.SUSPENDED)) {
      @Nullable StatusCondition condition = Conditions.find(status.conditions, type);
      if (condition != null && condition.status().equals("True")) {
        return type.equals(Conditions.STALLED) ? condition.reason() : type;
      }
    }
    return Conditions.RECONCILING;
  }

  private Map<String, Long> sizes() {
    StateSizes sizes = new StateSizes();
    controller.module.sizes(sizes);
    return sizes.byName();
  }
}
