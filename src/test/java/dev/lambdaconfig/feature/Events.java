package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** What people are told of a resource of a stage, also after it is gone. */
final class Events {

  private Events() {}

  static List<Event> of(Stage stage, String name) {
    return all(stage).stream()
        .filter(event -> Objects.equals(event.getInvolvedObject().getName(), name))
        .toList();
  }

  /** Of whatever resource. */
  static List<Event> with(Stage stage, String reason) {
    return all(stage).stream().filter(event -> reason.equals(event.getReason())).toList();
  }

  private static List<Event> all(Stage stage) {
    return stage.server().client().v1().events().inNamespace(stage.namespace()).list().getItems();
  }

  static void await(Stage stage, String reason) {
    Awaitility.await("somebody to be told " + reason)
        .atMost(Duration.ofSeconds(60))
        .until(() -> !with(stage, reason).isEmpty());
  }

  static void await(Stage stage, String name, String reason) {
    Awaitility.await(name + " to be told " + reason)
        .atMost(Duration.ofSeconds(60))
        .until(() -> of(stage, name).stream().anyMatch(event -> reason.equals(event.getReason())));
  }
}
