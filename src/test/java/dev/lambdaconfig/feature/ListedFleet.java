package dev.lambdaconfig.feature;

import dev.lambdaconfig.simulator.FaultRule;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import org.awaitility.Awaitility;

/** Functions that the operator watches by listing, and what it costs. */
final class ListedFleet {

  static final String LIST = "ListFunctions";

  private final OperatorExtension operator;

  ListedFleet(OperatorExtension operator) {
    this.operator = operator;
  }

  /**
   * Returns functions that are only listed any more: those that were read before the first page are
   * read once again.
   */
  Fleet inSync(int size) throws InterruptedException {
    Fleet fleet = Fleet.inSync(operator, size);
    awaitRest();
    return fleet;
  }

  /** Returns when pages are all that is asked for, and forgets the requests. */
  void awaitRest() {
    Awaitility.await("pages without any other call")
        .atMost(Fleet.PATIENCE)
        .until(
            () -> {
              operator.aws().requests().clear();
              awaitPages(3);
              return callsButLists().isEmpty();
            });
  }

  /** Counts the pages that follow another one, or those that do not. */
  FaultRule pagesWhere(boolean follows) {
    return operator
        .aws()
        .faults()
        .on(LIST)
        .when(call -> call.query().containsKey("Marker") == follows)
        .always()
        .thenMeanwhile(() -> {});
  }

  void awaitTimeout(String function, int seconds) {
    Awaitility.await(function + " to have the Timeout " + seconds)
        .atMost(Fleet.PATIENCE)
        .until(() -> operator.aws().function(function).get("Timeout").asInt() == seconds);
  }

  void awaitPages(int more) {
    long before = operator.aws().requests().count(LIST);
    Awaitility.await(more + " more pages")
        .atMost(Fleet.PATIENCE)
        .until(() -> operator.aws().requests().count(LIST) >= before + more);
  }

  /** The requests other than lists. */
  List<LoggedRequest> callsButLists() {
    return operator.aws().requests().where(request -> !request.operation().equals(LIST));
  }
}
