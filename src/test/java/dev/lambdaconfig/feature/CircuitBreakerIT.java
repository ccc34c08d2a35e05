package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.FaultScript;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bad change to many functions pauses after a few failures, reports it, and resumes on request.
 */
final class CircuitBreakerIT {

  private static final String PAUSED = "UpdatesPaused";
  private static final String RESUME = "lambdaconfig.dev/resume-updates-at";

  /** Five failures, and those that are under way by then. */
  private static final int A_HANDFUL = 15;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  /** A way in which a bad change fails. */
  enum Failure {
    REFUSED("InvalidParameterValueException"),
    UNSETTLED("InvalidSubnet");

    private final String code;

    Failure(String code) {
      this.code = code;
    }

    FaultRule comesTo(FaultScript updates) {
      return switch (this) {
        case REFUSED -> updates.thenAnswer(400, code, "The layer cannot be used here");
        case UNSETTLED -> updates.thenFailUpdateAndRestore("The subnet was deleted", code);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBadChangeStopsAfterAHandfulAndGoesOnWhenReleased(Failure failure) throws Exception {
    // Given
    Fleet fleet = Fleet.inSync(operator, 40);
    FaultRule bad = failure.comesTo(operator.aws().faults().onUpdates().always());
    operator.aws().requests().clear();

    // When
    fleet.apply("timeout: 31");

    // Then: a few have failed, and all others report why they are paused and what to do
    fleet.await("to have failed or to be paused", resource -> isOver(resource, failure.code));
    assertThat(fleet.updates()).hasSizeBetween(5, A_HANDFUL);
    Set<String> failed = named(fleet.updates().stream().toList());
    for (LambdaFunctionConfig resource : fleet.resources()) {
      StatusCondition ready = ready(resource);
      assertThat(ready.status()).isEqualTo("False");
      if (!failed.contains(resource.getMetadata().getName())) {
        assertThat(ready.reason()).isEqualTo(PAUSED);
        assertThat(ready.message()).contains(failure.code, RESUME);
      }
    }
    Events.await(operator, PAUSED);
    assertThat(Events.with(operator, PAUSED))
        .singleElement()
        .satisfies(event -> assertThat(event.getMessage()).contains(failure.code, RESUME));

    // When: the cause is repaired, and a person resumes updates at one of the paused resources
    bad.cancel();
    String waiting =
        fleet.names().stream().filter(name -> !failed.contains(name)).findFirst().orElseThrow();
    resources.annotate(waiting, RESUME, "1");

    // Then
    fleet.awaitReady();
    assertThat(fleet.applied().keySet()).containsExactlyInAnyOrderElementsOf(fleet.names());
    fleet.requireTimeout(31);
    Events.await(operator, "UpdatesResumed");
    assertThat(Events.with(operator, "UpdatesResumed")).hasSize(1);
  }

  @Test
  void aRevertedChangeEndsThePauseAtOnce() throws Exception {
    // Given: AWS has applied nothing of the change
    Fleet fleet = Fleet.inSync(operator, 40);
    FaultRule bad = Failure.REFUSED.comesTo(operator.aws().faults().onUpdates().always());
    fleet.apply("timeout: 31");
    fleet.await(
        "to have failed or to be paused", resource -> isOver(resource, Failure.REFUSED.code));
    Awaitility.await("the pause to be shown")
        .atMost(Fleet.PATIENCE)
        .untilAsserted(() -> assertThat(paused()).isEqualTo(1));

    // When
    bad.cancel();
    fleet.apply("timeout: 30");
    fleet.awaitReady();

    // Then
    Awaitility.await("the end of the pause")
        .atMost(Fleet.PATIENCE)
        .untilAsserted(() -> assertThat(paused()).isZero());

    // When
    fleet.apply("timeout: 32");

    // Then: within less than the pause of five minutes
    fleet.awaitReady();
    fleet.requireTimeout(32);
    assertThat(Events.with(operator, PAUSED)).hasSize(1);
  }

  @Test
  void whatOneResourceGetsWrongPausesNoOther() throws Exception {
    // Given: one resource that fails again and again, with one spec after the other
    Fleet fleet = Fleet.inSync(operator, 12);
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("f-000")
        .always()
        .thenAnswer(400, "InvalidParameterValueException", "The layer cannot be used here");
    for (int timeout = 31; timeout < 39; timeout++) {
      long generation =
          resources
              .apply("f-000", "functionName: f-000\ntimeout: " + timeout)
              .getMetadata()
              .getGeneration();
      resources.await(
          "f-000",
          "to be Stalled for its generation",
          resource -> {
            StatusCondition stalled = Fleet.condition(resource, Conditions.STALLED);
            return stalled != null
                && requireNonNull(stalled.observedGeneration()).equals(generation);
          });
    }

    // When
    Fleet others = fleet.part(1, 12);
    others.apply("timeout: 31");

    // Then
    others.awaitReady();
    assertThat(Events.with(operator, PAUSED)).isEmpty();
  }

  @Test
  void failuresOfManyKindsPauseNobody() throws Exception {
    // Given
    Fleet fleet = Fleet.inSync(operator, 24);
    List<String> codes = List.of("CodeStorageExceededException", "InvalidZipFileException", "Odd");
    Fleet wrong = fleet.part(0, 12);
    for (String name : wrong.names()) {
      String code = codes.get(wrong.names().indexOf(name) % codes.size());
      operator.aws().faults().onUpdates().of(name).always().thenAnswer(400, code, "No");
    }

    // When
    fleet.apply("timeout: 31");

    // Then
    fleet.part(12, 24).awaitReady();
    wrong.await("to be Stalled", resource -> codes.contains(ready(resource).reason()));
    assertThat(Events.with(operator, PAUSED)).isEmpty();
  }

  @Test
  void thoseThatFailAgainAndAgainHoldUpNoOther() throws Exception {
    // Given: more updates than may run at a time, each retried without success for its own reason
    Fleet fleet = Fleet.inSync(operator, 20);
    List<String> codes = List.of("SubnetOutOfIPAddresses", "InternalError", "EniLimitExceeded");
    Fleet failing = fleet.part(0, 12);
    for (String name : failing.names()) {
      String code = codes.get(failing.names().indexOf(name) % codes.size());
      operator.aws().faults().onUpdates().of(name).always().thenFailUpdate("Not now", code);
    }
    failing.apply("timeout: 31");
    Awaitility.await("three tries of each")
        .atMost(Fleet.PATIENCE)
        .until(
            () ->
                failing.names().stream()
                    .allMatch(name -> operator.aws().requests().updatesOf(name).size() >= 3));

    // When
    Fleet others = fleet.part(12, 20);
    others.apply("timeout: 31");

    // Then
    others.awaitReady();
    assertThat(Events.with(operator, PAUSED)).isEmpty();
  }

  @Test
  void aRestartSendsNothingAgainThatWasRefused() throws Exception {
    // Given
    Fleet fleet = Fleet.inSync(operator, 40);
    Failure.REFUSED.comesTo(operator.aws().faults().onUpdates().always());
    operator.aws().requests().clear();
    fleet.apply("timeout: 31");
    fleet.await(
        "to have failed or to be paused", resource -> isOver(resource, Failure.REFUSED.code));
    Set<String> refused = named(fleet.updates().stream().toList());
    operator.stop();
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then: the paused ones are tried, and pause again after a few failures
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .until(
            () ->
                refused.stream()
                    .noneMatch(name -> operator.aws().requests().readsOf(name).isEmpty()));
    fleet.await(
        "to have failed or to be paused", resource -> isOver(resource, Failure.REFUSED.code));
    assertThat(named(fleet.updates().stream().toList())).doesNotContainAnyElementsOf(refused);
    assertThat(fleet.updates()).hasSizeLessThanOrEqualTo(A_HANDFUL);
  }

  private double paused() throws Exception {
    return operator.scrape().sum("lambdaconfig_updates_paused", Map.of());
  }

  /** Returns whether the operator has ended its work on this generation. */
  private static boolean isOver(LambdaFunctionConfig resource, String code) {
    StatusCondition ready = ready(resource);
    return Set.of(code, PAUSED).contains(ready.reason())
        && resource.getMetadata().getGeneration().equals(ready.observedGeneration());
  }

  private static StatusCondition ready(LambdaFunctionConfig resource) {
    return requireNonNull(Fleet.condition(resource, Conditions.READY));
  }

  private static Set<String> named(List<LoggedRequest> requests) {
    return requests.stream()
        .map(request -> requireNonNull(request.functionName()))
        .collect(Collectors.toSet());
  }
}
