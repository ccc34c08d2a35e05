package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Functions of other accounts than the operator's own, which its list does not show. */
final class ForeignAccountsIT {

  private static final String OTHER = "210987654321";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final ListedFleet listed = new ListedFleet(operator);

  @Test
  void afterARestartInSyncEachIsReadAndNothingIsWritten() throws Exception {
    // Given
    Fleet home = listed.inSync(3);
    Fleet foreign = givenForeign(home, 6);
    operator.stop();
    Map<String, String> versions = foreign.versions();
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then
    operator.awaitReads(2, foreign.names());
    assertThat(foreign.versions()).isEqualTo(versions);
    assertThat(operator.aws().requests().updates()).isEmpty();
    assertThat(listed.callsButLists())
        .extracting(LoggedRequest::functionName)
        .doesNotContainAnyElementsOf(home.names());
  }

  @Test
  void aDriftWhileTheOperatorWasAwayIsCorrected() throws Exception {
    // Given
    Fleet foreign = givenForeign(listed.inSync(3), 2);
    operator.stop();
    String drifted = foreign.names().getFirst();
    inOther().changeBehindTheBack(drifted, "{\"Timeout\": 5}");

    // When
    operator.start();

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .until(() -> inOther().function(drifted).get("Timeout").asInt() == 30);
    resources.awaitReady(drifted);
    assertThat(resources.history(drifted).getFirst().cause()).isEqualTo("DriftCorrected");
  }

  @Test
  void anOwnAccountWithoutFunctionsDoesNotHideTheirDrift() throws Exception {
    // Given: the list is empty, so that it names no account
    operator.aws().openAccount(OTHER);
    Fleet foreign = applyForeign(Fleet.of(operator, 0, seed -> seed), 3);
    Awaitility.await("a list")
        .atMost(Fleet.PATIENCE)
        .until(() -> operator.aws().requests().count(ListedFleet.LIST) > 0);

    // When
    inOther().changeBehindTheBack("foreign-1", "{\"Timeout\": 5}");

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .until(() -> inOther().function("foreign-1").get("Timeout").asInt() == 30);
    foreign.awaitReady();
  }

  private SimulatedRegion inOther() {
    return operator.aws().region(OTHER, "eu-west-1");
  }

  private Fleet givenForeign(Fleet home, int size) throws InterruptedException {
    operator.aws().openAccount(OTHER);
    return applyForeign(home, size);
  }

  private Fleet applyForeign(Fleet home, int size) throws InterruptedException {
    List<String> names = IntStream.range(0, size).mapToObj(number -> "foreign-" + number).toList();
    names.forEach(name -> inOther().createFunction(FunctionSeed.zip(name)));
    Fleet foreign = home.named(names);
    foreign.each(
        name ->
            resources.apply(
                name,
                "functionName: arn:aws:lambda:eu-west-1:%s:function:%s\ntimeout: 30"
                    .formatted(OTHER, name)));
    foreign.awaitReady();
    return foreign;
  }
}
