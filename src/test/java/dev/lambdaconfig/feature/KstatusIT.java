package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.feature.ResourceVersions.Version;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No version of a resource is current by kstatus's rules while the function differs from the spec.
 */
final class KstatusIT {

  @Order(1)
  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.readingEachFunction();

  @Order(2)
  @RegisterExtension
  final ResourceVersions versions = ResourceVersions.of(operator);

  private final ResourceClient resources = operator.resources();

  @BeforeEach
  void createFunction() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
  }

  @Test
  void fromCreationOverAChangeToADriftNoVersionLies() {
    // When: it is created
    declare(30);
    LambdaFunctionConfig created = resources.awaitReady("orders");

    // Then
    List<Version> first = truthful(versionOf(created));
    assertThat(first.getFirst().resource().<Object>get("status", "observedGeneration"))
        .as("a resource that nobody has looked at yet")
        .isEqualTo(-1);
    assertThat(Kstatus.of(first.getFirst().resource())).isEqualTo(Kstatus.IN_PROGRESS);
    assertThat(first.size() - 1).as("status writes of one update: %s", first).isBetween(2, 3);

    // When: the spec changes, and its update is read more than once
    operator.aws().faults().onUpdates().of("orders").times(1).thenHoldUpdate();
    declare(31);
    resources.awaitReason("orders", "UpdateInProgress");
    operator.awaitReads(2, List.of("orders"));
    operator.aws().settle("orders");
    LambdaFunctionConfig changed = resources.awaitReady("orders");

    // Then
    List<Version> second = truthful(versionOf(changed));
    assertThat(second.size() - first.size() - 1)
        .as("status writes of one update: %s", second)
        .isEqualTo(3);

    // When: somebody changes the function, so that the status is outdated until the drift is
    // detected
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");
    resources.await(
        "orders",
        "to show two updates and one more",
        resource -> resources.history("orders").size() == 3);
    LambdaFunctionConfig putBack = resources.awaitReady("orders");

    // Then
    List<Version> third = truthful(versionOf(putBack));
    assertThat(third.size() - second.size())
        .as("status writes of one correction: %s", third)
        .isBetween(2, 3);
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(30, 31, 30 + 1);
  }

  @Test
  void atRestNothingIsWrittenOverTenChecks() {
    // Given
    declare(30);
    String version = versionOf(resources.awaitReady("orders"));

    // When
    operator.awaitReads(10, List.of("orders"));

    // Then
    assertThat(versionOf(resources.get("orders"))).isEqualTo(version);
  }

  @Test
  void aRefusedUpdateIsFailedAndThenNothingIsWritten() {
    // Given
    declare(30);
    resources.awaitReady("orders");
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenAnswer(400, "InvalidParameterValueException", "Not like this.");

    // When
    declare(31);

    // Then
    String version = versionOf(resources.awaitStalled("orders", "InvalidParameterValueException"));
    List<Version> all = truthful(version);
    assertThat(Kstatus.of(all.getLast().resource())).isEqualTo(Kstatus.FAILED);
    operator.awaitReads(10, List.of("orders"));
    assertThat(versionOf(resources.get("orders"))).isEqualTo(version);

    // And once it is declared anew it is in progress again, and then current
    declare(32);
    truthful(versionOf(resources.awaitReady("orders")));
  }

  @Test
  void aFailedUpdateIsFailedAndThenNothingIsWritten() {
    // Given
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("The subnet was deleted", "InvalidSubnet");

    // When
    declare(30);

    // Then
    String version = versionOf(resources.awaitStalled("orders", "InvalidSubnet"));
    List<Version> all = truthful(version);
    assertThat(all).noneMatch(seen -> Kstatus.of(seen.resource()) == Kstatus.CURRENT);
    assertThat(Kstatus.of(all.getLast().resource())).isEqualTo(Kstatus.FAILED);
    operator.awaitReads(10, List.of("orders"));
    assertThat(versionOf(resources.get("orders"))).isEqualTo(version);

    // And once it is declared anew it is in progress again, and then current
    declare(32);
    truthful(versionOf(resources.awaitReady("orders")));
  }

  @Test
  void anUpdateThatFailsAndShowsTheOldValuesIsNeverCurrent() {
    // Given
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdateAndRestore("Request limit exceeded.", "EC2RequestLimitExceeded");

    // When
    declare(30);

    // Then: it is sent again
    truthful(versionOf(resources.awaitReady("orders")));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @Test
  void anOutageDuringAChangeIsInProgressAndIsWrittenOnce() {
    // Given
    declare(30);
    String before = versionOf(resources.awaitReady("orders"));
    operator
        .aws()
        .faults()
        .onAnything()
        .always()
        .thenAnswer(503, "ServiceException", "Service is unavailable");

    // When
    declare(31);
    String during = versionOf(resources.awaitReason("orders", "ServiceException"));
    operator.awaitReads(1, List.of("orders"));
    assertThat(versionOf(resources.get("orders")))
        .as("the same thing told again: %s", versions.upTo("orders", during))
        .isEqualTo(during);
    operator.aws().faults().clear();

    // Then
    List<Version> all = truthful(versionOf(resources.awaitReady("orders")));
    int then = all.stream().map(Version::resourceVersion).toList().indexOf(before);
    assertThat(all.subList(then + 1, all.size() - 1))
        .as("until the change is at AWS")
        .allMatch(seen -> Kstatus.of(seen.resource()) == Kstatus.IN_PROGRESS);
    assertThat(operator.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .hasSize(2);
  }

  private void declare(int timeout) {
    resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
  }

  private static String versionOf(LambdaFunctionConfig resource) {
    return resource.getMetadata().getResourceVersion();
  }

  /** The versions up to this one, none of which says what is not so. */
  private List<Version> truthful(String upTo) {
    List<Version> all = versions.upTo("orders", upTo);
    for (Version version : all) {
      boolean declared =
          version.function().get("Timeout").asInt()
                  == ((Number) Objects.requireNonNull(version.resource().get("spec", "timeout")))
                      .intValue()
              && version.function().get("LastUpdateStatus").asText().equals("Successful");
      if (Kstatus.of(version.resource()) == Kstatus.CURRENT) {
        assertThat(declared).as("what this tells is so: %s", version).isTrue();
      }
      assertThat(
              "True".equals(Kstatus.condition(version.resource(), "Reconciling"))
                  && "True".equals(Kstatus.condition(version.resource(), "Stalled")))
          .as("both at work and beyond help: %s", version)
          .isFalse();
    }
    for (int i = 1; i < all.size(); i++) {
      for (Map<String, String> now : Kstatus.conditions(all.get(i).resource())) {
        Kstatus.conditions(all.get(i - 1).resource()).stream()
            .filter(before -> Objects.equals(before.get("type"), now.get("type")))
            .forEach(before -> requireTransition(before, now));
      }
    }
    return all;
  }

  private static void requireTransition(Map<String, String> before, Map<String, String> now) {
    Instant was = Instant.parse(Objects.requireNonNull(before.get("lastTransitionTime")));
    Instant is = Instant.parse(Objects.requireNonNull(now.get("lastTransitionTime")));
    if (Objects.equals(before.get("status"), now.get("status"))) {
      assertThat(is).as("no transition from %s to %s", before, now).isEqualTo(was);
    } else {
      assertThat(is).as("a transition from %s to %s", before, now).isAfterOrEqualTo(was);
    }
  }
}
