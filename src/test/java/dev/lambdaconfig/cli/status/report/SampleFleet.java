package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.cli.status.metrics.OperatorFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.CallFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.SweepFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures.UpdateFigures;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Resources in each state, as an API server would return them. */
final class SampleFleet {

  static final Instant NOW = Instant.parse("2026-11-26T14:03:09Z");
  static final String CREATED = "2026-11-20T08:00:00Z";
  private static final String SINCE = "2026-11-26T12:00:00Z";

  static final OperatorFigures LEADER =
      new OperatorFigures(
          "http://localhost:8080/metrics",
          null,
          true,
          2L,
          0L,
          List.of(
              new RegionFigures(
                  "eu-west-1",
                  new CallFigures(10.0, 100.0, 1L, 4L, true),
                  new SweepFigures(12L, 60L, 1204L, true, false),
                  new UpdateFigures(false, 0L)),
              new RegionFigures(
                  "us-east-1",
                  new CallFigures(0.5, null, null, null, false),
                  new SweepFigures(null, null, null, false, true),
                  new UpdateFigures(true, 2L))));

  static final OperatorFigures STANDBY =
      new OperatorFigures("http://two/metrics", null, false, 0L, 0L, List.of());

  static final OperatorFigures BROKEN =
      new OperatorFigures(
          "http://three/metrics", "it answers with status 500", false, null, null, List.of());

  private SampleFleet() {}

  static FleetReport report(OperatorFigures... operators) {
    FleetTally tally = new FleetTally();
    resources().forEach(tally::add);
    return tally.report(NOW, null, true, List.of(operators));
  }

  private static List<LambdaFunctionConfig> resources() {
    List<LambdaFunctionConfig> resources = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      resources.add(
          resource("team-a", "denied-" + i, condition("Stalled", "AccessDeniedException", SINCE)));
    }
    LambdaFunctionConfig conflict =
        drifted(
            resource("team-b", "conflict", condition("Stalled", "Conflict", SINCE)),
            "2026-11-26T10:00:00Z",
            "timeout",
            "memorySize",
            "handler",
            "role",
            "runtime");
    LambdaFunctionConfig fresh = resource("team-b", "fresh");
    fresh.setStatus(null);
    LambdaFunctionConfig changed =
        resource("team-b", "changed", condition("Ready", "InSync", SINCE));
    changed.getMetadata().setGeneration(9L);
    LambdaFunctionConfig deleting = resource("team-b", "deleting");
    deleting.getMetadata().setDeletionTimestamp("2026-11-26T14:03:00Z");
    resources.addAll(
        List.of(
            conflict,
            fresh,
            changed,
            deleting,
            resource("team-b", "updating", condition("Reconciling", "Updating", SINCE)),
            resource("team-b", "off", condition("Suspended", "Suspended", SINCE)),
            resource("team-a", "orders", condition("Ready", "InSync", SINCE)),
            drifted(
                resource("team-a", "watched", condition("Ready", "Observed", SINCE)),
                SINCE,
                "timeout")));
    return resources;
  }

  static StatusCondition condition(String type, String reason, String since) {
    return new StatusCondition(type, "True", 4L, since, reason, "");
  }

  static LambdaFunctionConfig drifted(
      LambdaFunctionConfig resource, String since, String... fields) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    if (status != null && status.conditions != null) {
      status.conditions =
          Stream.concat(
                  status.conditions.stream(), Stream.of(condition("Drifted", "Differs", since)))
              .toList();
      status.drift = Stream.of(fields).map(field -> new DriftedField(field, "1", "2")).toList();
    }
    return resource;
  }

  static LambdaFunctionConfig resource(
      String namespace, String name, StatusCondition... conditions) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withGeneration(4L)
            .withCreationTimestamp(CREATED)
            .build());
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = 4L;
    status.conditions = List.of(conditions);
    resource.setStatus(status);
    return resource;
  }
}
