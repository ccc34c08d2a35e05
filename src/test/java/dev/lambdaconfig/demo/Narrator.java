package dev.lambdaconfig.demo;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.demo.ResourceWatch.Version;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Prints the steps of the demo, and fails the step that does not come out as expected. */
final class Narrator {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The state of things when a step began. */
  record Moment(int versions, Map<String, Integer> updates, Instant at) {}

  private final DemoEnvironment environment;
  private final Screen screen;
  private String step = "start";

  Narrator(DemoEnvironment environment) {
    this.environment = environment;
    this.screen = environment.screen();
  }

  /** The title of the running step. */
  String step() {
    return step;
  }

  void begin(String title) {
    step = title;
    screen.blank();
    screen.line(title);
  }

  /** Prints a change: the plan, the request, which is returned, and the end of the update. */
  LoggedRequest follow(
      Moment before, String prefix, String name, Set<String> members, String cause) {
    Version planned =
        environment
            .watch()
            .await(before.versions(), name, "a plan (" + cause + ")", each -> plans(each, cause));
    screen.entry(name, prefix + plan(planned));
    LoggedRequest request = request(before, name);
    screen.more("→ " + RequestText.of(request));
    require(
        RequestText.settings(request).equals(members),
        name + ": the request should change " + members + " and nothing else");
    require(
        revision(request).equals(planned.status().revisionId),
        name + ": the request is not guarded by the revision that the plan was made from");
    Version ready = ready(before, name);
    screen.more(
        "sent after %s, Ready after %s: %s, %s"
            .formatted(
                after(before, request.at()),
                after(before, ready.at()),
                ready.status().state,
                ready.status().lastUpdateStatus));
    return request;
  }

  /** Waits for the end of an update: Ready, of the revision that the function has now. */
  Version ready(Moment before, String name) {
    return environment
        .watch()
        .await(
            before.versions(),
            name,
            "Ready",
            each -> each.isReady() && isSettled(each, before, name));
  }

  /** Waits until a resource is stalled by the condition that is expected, and prints it. */
  Version stalled(Moment before, String name, Predicate<StatusCondition> expected) {
    Version stalled =
        environment
            .watch()
            .await(before.versions(), name, "Stalled", each -> each.is(Conditions.STALLED, "True"));
    StatusCondition condition = requireNonNull(stalled.condition(Conditions.STALLED));
    require(
        expected.test(condition),
        name + " is stalled for another reason. " + environment.watch().last(name));
    screen.entry(name, "Stalled, " + condition.reason() + ": " + condition.message());
    return stalled;
  }

  static String after(Moment before, Instant then) {
    return Screen.seconds(Duration.between(before.at(), then));
  }

  /**
   * Returns whether a version has the function's revision of after the change, not an older one.
   */
  private boolean isSettled(Version version, Moment before, String name) {
    return version.at().isAfter(before.at())
        && environment
            .function(name)
            .path("RevisionId")
            .asText()
            .equals(version.status().revisionId);
  }

  private static boolean plans(Version version, String cause) {
    StatusCondition ready = version.condition(Conditions.READY);
    return ready != null
        && ready.status().equals("False")
        && ready.message().endsWith("(" + cause + ")")
        && version.status().drift != null;
  }

  private static String plan(Version planned) {
    List<DriftedField> drift = requireNonNull(planned.status().drift);
    return drift.stream().map(Narrator::difference).collect(Collectors.joining(", "));
  }

  private static String difference(DriftedField field) {
    String path = String.valueOf(field.path());
    return path.startsWith("environment.variables.")
        ? path + " " + field.desired()
        : path + " " + shown(field.observed()) + " → " + shown(field.desired());
  }

  private static String shown(@Nullable String value) {
    return value == null || value.isEmpty() ? "(none)" : value;
  }

  private LoggedRequest request(Moment before, String name) {
    int earlier = before.updates().getOrDefault(name, 0);
    try {
      return Awaitility.await()
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> environment.updates(name), updates -> updates.size() > earlier)
          .get(earlier);
    } catch (ConditionTimeoutException e) {
      throw new StepFailed(
          name
              + ": no UpdateFunctionConfiguration within "
              + LIMIT.toSeconds()
              + " s. "
              + environment.watch().last(name));
    }
  }

  private static String revision(LoggedRequest request) {
    return request.body() == null ? "" : request.body().path("RevisionId").asText();
  }

  Moment now() {
    return new Moment(
        environment.watch().mark(),
        DemoFunctions.ALL.stream()
            .collect(Collectors.toMap(name -> name, name -> environment.updates(name).size())),
        Instant.now());
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new StepFailed(otherwise);
    }
  }
}
