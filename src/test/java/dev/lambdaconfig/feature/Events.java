package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The Events of a test's namespace, also those of resources that are gone. */
final class Events {

  private Events() {}

  static List<Event> of(OperatorExtension operator, String name) {
    return all(operator).stream()
        .filter(event -> Objects.equals(event.getInvolvedObject().getName(), name))
        .toList();
  }

  /** The Events of any resource that have this reason. */
  static List<Event> with(OperatorExtension operator, String reason) {
    return all(operator).stream().filter(event -> reason.equals(event.getReason())).toList();
  }

  private static List<Event> all(OperatorExtension operator) {
    return operator
        .server()
        .client()
        .v1()
        .events()
        .inNamespace(operator.namespace())
        .list()
        .getItems();
  }

  static void await(OperatorExtension operator, String reason) {
    Awaitility.await("somebody to be told " + reason)
        .atMost(Duration.ofSeconds(60))
        .until(() -> !with(operator, reason).isEmpty());
  }

  static void await(OperatorExtension operator, String name, String reason) {
    Awaitility.await(name + " to be told " + reason)
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> of(operator, name).stream().anyMatch(event -> reason.equals(event.getReason())));
  }
}
