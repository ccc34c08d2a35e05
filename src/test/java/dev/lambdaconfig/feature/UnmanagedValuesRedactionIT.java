package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * AWS repeats values of an environment that the spec does not manage and that the operator does not
 * keep.
 */
final class UnmanagedValuesRedactionIT {

  private static final String WITHHELD = "AWS's message is withheld";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void aLiveValueThatAnUpdateIsAnsweredWithIsToldNowhere() throws Exception {
    // Given: functions with unmanaged values, which were read once
    List<String> all =
        List.of("refused", "denied", "throttled", "broken", "busy", "unreadable", "late");
    for (String name : all) {
      FunctionSeed seed = FunctionSeed.zip(name).with("Timeout", 30);
      operator.aws().createFunction(name.equals("late") ? seed : seed.with(environment(name)));
    }
    try (OperatorJar jar =
        operator.startJar(
            folder,
            Map.of("LAMBDA_CONFIG_LOG_LEVEL", "TRACE", "LAMBDA_CONFIG_SWEEP_INTERVAL", "1h"))) {
      jar.awaitRunning();
      all.forEach(name -> resources.apply(name, "functionName: " + name + "\ntimeout: 30"));
      all.forEach(resources::awaitReady);
      operator.aws().changeBehindTheBack("late", environment("late"));
      answer("refused", 400, "InvalidParameterValueException");
      answer("denied", 403, "AccessDeniedException");
      answer("throttled", 429, "TooManyRequestsException");
      answer("broken", 500, "ServiceException");
      answer("busy", 409, "ResourceConflictException");
      answer("unreadable", 400, "InvalidParameterValueException");
      answer("late", 400, "InvalidParameterValueException");
      // Only from the update on: on a busy machine the operator may still read something before.
      operator.aws().faults().onUpdates().of("unreadable").times(1).thenMeanwhile(this::denyReads);
      operator.aws().requests().clear();

      // When
      all.forEach(name -> resources.apply(name, "functionName: " + name + "\ntimeout: 31"));

      // Then
      resources.awaitStalled("refused", "InvalidParameterValueException");
      resources.awaitStalled("denied", "AccessDeniedException");
      resources.awaitReason("throttled", "TooManyRequestsException");
      resources.awaitReason("broken", "ServiceException");
      resources.awaitReason("busy", "UpdateInProgress");
      resources.awaitStalled("unreadable", "InvalidParameterValueException");
      resources.awaitStalled("late", "InvalidParameterValueException");
      assertThat(all)
          .as("an update that is planned without a read")
          .anyMatch(
              name ->
                  operator
                      .aws()
                      .requests()
                      .where(request -> name.equals(request.functionName()))
                      .getFirst()
                      .isUpdate());
      assertThat(resources.condition("refused", "Stalled")).hasMessageContaining(WITHHELD);
      assertThat(resources.condition("unreadable", "Stalled").message())
          // The next read reports why the function cannot be read.
          .containsAnyOf("could not be read", "You may not read this");
      List<String> told = new ArrayList<>(Canary.reportedByTheCluster(operator));
      told.add(jar.get("/metrics"));
      told.add(jar.log());
      told.forEach(Canary::requireNone);
    }
  }

  private void denyReads() {
    operator
        .aws()
        .faults()
        .onReads()
        .of("unreadable")
        .always()
        .thenAnswer(403, "AccessDeniedException", "You may not read this");
  }

  private void answer(String name, int status, String code) {
    operator
        .aws()
        .faults()
        .onUpdates()
        .of(name)
        .always()
        .thenAnswer(status, code, "Bad environment {LIVE=" + Canary.value(name) + "}");
  }

  private static String environment(String name) {
    return "{\"Environment\": {\"Variables\": {\"LIVE\": \"%s\"}}}".formatted(Canary.value(name));
  }
}
