package dev.lambdaconfig.demo;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.demo.ResourceWatch.Version;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The steps of the demo in their order; each either comes out as expected or fails. */
final class Story {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The members that each manifest of the samples changes, in AWS's names. */
  private static final Map<String, Set<String>> CHANGES =
      Map.of(
          DemoFunctions.ORDERS, Set.of("MemorySize", "Timeout", "Environment"),
          DemoFunctions.THUMBNAILER, Set.of("EphemeralStorage", "ImageConfig"),
          DemoFunctions.REPORT, Set.of(),
          DemoFunctions.MAIL, Set.of("Timeout"));

  private final DemoEnvironment environment;
  private final Screen screen;
  private final Path samples;
  private String step = "start";

  Story(DemoEnvironment environment, Path samples) {
    this.environment = environment;
    this.screen = environment.screen();
    this.samples = samples;
  }

  /** The title of the running step. */
  String step() {
    return step;
  }

  void tell() {
    applySamples();
    changeBehindTheBack();
    applyWhatTheSchemaRefuses();
    applyWhatAwsRefuses();
  }

  private void begin(String title) {
    step = title;
    screen.blank();
    screen.line(title);
  }

  private void applySamples() {
    // The in-process server knows no server-side apply.
    String how = environment.cluster().validates() ? "--server-side " : "";
    begin("1. kubectl apply " + how + "-f deploy/samples/");
    List<GenericKubernetesResource> manifests = Manifests.of(samples);
    require(
        manifests.stream()
            .map(each -> each.getMetadata().getName())
            .collect(Collectors.toSet())
            .equals(CHANGES.keySet()),
        "deploy/samples/ and the demo speak of different functions");
    Moment before = now();
    manifests.forEach(environment.cluster()::apply);
    for (GenericKubernetesResource manifest : manifests) {
      String name = manifest.getMetadata().getName();
      Set<String> changes = requireNonNull(CHANGES.get(name));
      if (changes.isEmpty()) {
        Version ready = ready(before, name);
        require(environment.updates(name).isEmpty(), name + " was updated, though it was in sync");
        screen.entry(name, "in sync: nothing was sent, Ready after " + after(before, ready.at()));
      } else {
        follow(before, "plan: ", name, changes, "SpecChanged");
      }
    }
  }

  private void changeBehindTheBack() {
    String name = DemoFunctions.ORDERS;
    begin("2. Somebody changes " + name + " behind the operator's back: MemorySize 512 → 128");
    Moment before = now();
    environment.aws().changeBehindTheBack(name, "{\"MemorySize\": 128}");
    follow(before, "DriftCorrected: ", name, Set.of("MemorySize"), "DriftCorrected");
    require(
        environment.function(name).path("MemorySize").asInt() == 512,
        name + " was not reverted: MemorySize " + environment.function(name).path("MemorySize"));
  }

  private void applyWhatTheSchemaRefuses() {
    begin("3. A manifest with a mistake that the API server sees: imageConfig beside handler");
    if (!environment.cluster().validates()) {
      screen.entry(DemoFunctions.INVOICES, "left out: this server checks no schema");
      return;
    }
    try {
      environment.cluster().apply(Manifests.named("refused-by-schema.yaml"));
    } catch (KubernetesClientException e) {
      require(e.getCode() == 422, "the API server refused the manifest otherwise: " + e);
      screen.entry(DemoFunctions.INVOICES, "refused: " + reasons(e));
      return;
    }
    throw new StepFailed("the API server took the manifest");
  }

  private static String reasons(KubernetesClientException e) {
    return e.getStatus().getDetails().getCauses().stream()
        .map(cause -> cause.getField() + ": " + cause.getMessage())
        .collect(Collectors.joining("; "));
  }

  private void applyWhatAwsRefuses() {
    begin("4. A manifest with a mistake that only AWS sees: a runtime that is no more");
    String name = DemoFunctions.INVOICES;
    Moment before = now();
    environment.cluster().apply(Manifests.named("refused-by-aws.yaml"));
    Version stalled =
        environment
            .watch()
            .await(before.versions(), name, "Stalled", each -> each.is(Conditions.STALLED, "True"));
    StatusCondition condition = requireNonNull(stalled.condition(Conditions.STALLED));
    require(
        condition.reason().equals("InvalidParameterValueException")
            && condition.message().contains("nodejs14.x"),
        name + " is stalled for another reason. " + environment.watch().last(name));
    screen.entry(name, "Stalled, " + condition.reason() + ": " + condition.message());
    Moment corrected = now();
    environment.cluster().apply(Manifests.named("corrected.yaml"));
    follow(corrected, "corrected, plan: ", name, Set.of("Runtime"), "SpecChanged");
  }

  /** Prints a change: the plan, the request, and the end of the update. */
  private void follow(
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
  }

  private Version ready(Moment before, String name) {
    return environment
        .watch()
        .await(
            before.versions(),
            name,
            "Ready",
            each -> each.isReady() && isSettled(each, before, name));
  }

  private static String after(Moment before, Instant then) {
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
    return drift.stream().map(Story::difference).collect(Collectors.joining(", "));
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

  /** The state of things when a step began. */
  private record Moment(int versions, Map<String, Integer> updates, Instant at) {}

  private Moment now() {
    return new Moment(
        environment.watch().mark(),
        DemoFunctions.ALL.stream()
            .collect(Collectors.toMap(name -> name, name -> environment.updates(name).size())),
        Instant.now());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new StepFailed(otherwise);
    }
  }
}
