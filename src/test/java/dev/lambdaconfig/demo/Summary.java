package dev.lambdaconfig.demo;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of all resources, like {@code kubectl get lfc}, and the number of AWS calls. */
final class Summary {

  private Summary() {}

  static void print(DemoEnvironment environment) {
    List<LambdaFunctionConfig> resources =
        environment
            .cluster()
            .client()
            .resources(LambdaFunctionConfig.class)
            .inNamespace(ResourceWatch.NAMESPACE)
            .list()
            .getItems();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "FUNCTION", "READY", "STATE", "UPDATE", "DRIFT", "AGE"));
    resources.forEach(resource -> rows.add(row(resource)));
    environment.screen().blank();
    environment.screen().table(rows);
    TreeMap<String, Long> calls =
        environment.aws().requests().all().stream()
            .collect(
                Collectors.groupingBy(
                    LoggedRequest::operation, TreeMap::new, Collectors.counting()));
    environment
        .screen()
        .line(
            "AWS calls: "
                + calls.entrySet().stream()
                    .map(call -> call.getKey() + " " + call.getValue())
                    .collect(Collectors.joining(", ")));
    for (LambdaFunctionConfig resource : resources) {
      if (!condition(status(resource), Conditions.READY).equals("True")) {
        throw new StepFailed(resource.getMetadata().getName() + " is not Ready at the end");
      }
    }
  }

  private static List<String> row(LambdaFunctionConfig resource) {
    LambdaFunctionConfigStatus status = status(resource);
    Duration age =
        Duration.between(
            Instant.parse(resource.getMetadata().getCreationTimestamp()), Instant.now());
    return List.of(
        resource.getMetadata().getName(),
        Objects.requireNonNull(resource.getSpec()).functionName(),
        condition(status, Conditions.READY),
        text(status.state),
        text(status.lastUpdateStatus),
        condition(status, Conditions.DRIFTED),
        age.toSeconds() + "s");
  }

  private static LambdaFunctionConfigStatus status(LambdaFunctionConfig resource) {
    return Objects.requireNonNullElseGet(resource.getStatus(), LambdaFunctionConfigStatus::new);
  }

  private static String condition(LambdaFunctionConfigStatus status, String type) {
    StatusCondition condition = Conditions.find(status.conditions, type);
    return condition == null ? "" : condition.status();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
