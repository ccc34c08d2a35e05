package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.architecture.GrowingCollections;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sizes that {@code /debug/state} shows, while resources come and go. */
final class DebugStateIT {

  private static final String ELSEWHERE = "zz-far-1";

  private static final String NEWS = "RequeueTimer.news";
  private static final String USES = "Callers.uses";

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingHourly().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();
  private final ValueObjects objects = new ValueObjects(operator);

  @Test
  void eachCollectionIsAsBeforeWhenTheResourcesAreGone() throws Exception {
    // Given: one resource that stays, so that its account, Region and namespace do
    operator.start(operator.options().withDebugPort().withRegions(Set.of(ELSEWHERE)));
    operator.givenInSync("stays", "timeout: 30");
    Map<String, Long> before = DebugSizes.of(operator);
    assertThat(before.keySet()).containsAll(GrowingCollections.reported());

    long usesBefore = requireNonNull(before.remove(USES));
    before.remove(NEWS);

    // When
    List<String> names = givenOneOfEachKind();
    Map<String, Long> during = DebugSizes.of(operator);
    names.forEach(name -> resources.resource(name).delete());

    // Then
    assertThat(during.get("ResourceStates.states")).isEqualTo(1 + names.size());
    assertThat(during.get("ResourceCache.cache")).isEqualTo(1 + names.size());
    assertThat(during.get("FleetSweeper.regions")).isEqualTo(2);
    assertThat(during.get("SourceIndex.entries")).isEqualTo(1);
    Awaitility.await("sizes as before")
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              // What lingers is dropped by the next caller.
              var unused = operator.scrape();
              Map<String, Long> after = DebugSizes.of(operator);
              long uses = requireNonNull(after.remove(USES));
              // The sweep of the Region may begin in the meantime: it uses the account too.
              assertThat(uses).isBetween(usesBefore, usesBefore + 1);
              // It also schedules a read of the one that stays.
              assertThat(after.remove(NEWS)).isLessThanOrEqualTo(1);
              assertThat(after).isEqualTo(before);
            });
  }

  @Test
  void nothingOfATenantIsShown() throws Exception {
    // Given
    operator.start(operator.options().withDebugPort());
    operator.givenInSync("orders-api", "environment: {variables: {TOKEN: canary-4711}}");

    // When
    String state = DebugSizes.text(operator);

    // Then
    assertThat(state)
        .contains("\"threads\"", "\"openDescriptors\"", "\"heapUsedBytes\"")
        .doesNotContain("orders-api", operator.namespace(), "canary", "eu-west-1", "123456789012");
  }

  @Test
  void withoutTheOptionItIsNotServed() throws Exception {
    operator.start();

    assertThat(operator.running().debugPort()).isNull();
  }

  private List<String> givenOneOfEachKind() {
    operator.givenInSync("in-sync", "timeout: 31");
    operator.givenRefused("refused");
    operator.givenInSync("drifts-while-suspended", "timeout: 32");
    resources.apply(
        "drifts-while-suspended",
        "functionName: drifts-while-suspended\ntimeout: 33\nsuspend: true");
    resources.apply("missing", "functionName: missing\ntimeout: 30");
    resources.awaitStalled("missing", "FunctionNotFound");
    resources.apply("second-owner", "functionName: in-sync\ntimeout: 40");
    resources.awaitStalled("second-owner", "Conflict");
    operator.aws().region(ELSEWHERE).createFunction(FunctionSeed.zip("elsewhere"));
    resources.apply("elsewhere", "functionName: elsewhere\nregion: " + ELSEWHERE + "\ntimeout: 30");
    resources.awaitReady("elsewhere");
    operator.givenInSync(
        "restored", "deletionPolicy: Restore\nenvironment: {variables: {TOKEN: new}}");
    operator.aws().createFunction(FunctionSeed.zip("from-secret"));
    objects.secret("db", Map.of("password", "first"));
    resources.apply(
        "from-secret",
        "functionName: from-secret\nenvironment: {valuesFrom:"
            + " [{name: PASSWORD, secretKeyRef: {name: db, key: password}}]}");
    resources.awaitReady("from-secret");
    return List.of(
        "from-secret",
        "in-sync",
        "refused",
        "drifts-while-suspended",
        "missing",
        "second-owner",
        "elsewhere",
        "restored");
  }
}
