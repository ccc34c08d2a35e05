package dev.lambdaconfig.demo;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.demo.Sightings.Sighting;
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

/** What is told, in this order; each step either comes out so or fails. */
final class Story {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** What each manifest of the samples is to change, in AWS's names. */
  private static final Map<String, Set<String>> CHANGES =
      Map.of(
          DemoFunctions.ORDERS, Set.of("MemorySize", "Timeout", "Environment"),
          DemoFunctions.THUMBNAILER, Set.of("EphemeralStorage", "ImageConfig"),
          DemoFunctions.REPORT, Set.of(),
          DemoFunctions.MAIL, Set.of("Timeout"));

  private final Stage stage;
  private final Screen screen;
  private final Path samples;
  private String step = "start";

  Story(Stage stage, Path samples) {
    this.stage = stage;
    this.screen = stage.screen();
    this.samples = samples;
  }

  /** The step that is being told. */
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
    String how = stage.cluster().validates() ? "--server-side " : "";
    begin("1. kubectl apply " + how + "-f deploy/samples/");
    List<GenericKubernetesResource> manifests = Manifests.of(samples);
    require(
        manifests.stream()
            .map(each -> each.getMetadata().getName())
            .collect(Collectors.toSet())
            .equals(CHANGES.keySet()),
        "deploy/samples/ and the demo speak of different functions");
    Moment before = now();
    manifests.forEach(stage.cluster()::apply);
    for (GenericKubernetesResource manifest : manifests) {
      String name = manifest.getMetadata().getName();
      Set<String> changes = requireNonNull(CHANGES.get(name));
      if (changes.isEmpty()) {
        Sighting ready = ready(before, name);
        require(stage.updates(name).isEmpty(), name + " was updated, though it was in sync");
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
    stage.aws().changeBehindTheBack(name, "{\"MemorySize\": 128}");
    follow(before, "DriftCorrected: ", name, Set.of("MemorySize"), "DriftCorrected");
    require(
        stage.function(name).path("MemorySize").asInt() == 512,
        name + " was not put back: MemorySize " + stage.function(name).path("MemorySize"));
  }

  private void applyWhatTheSchemaRefuses() {
    begin("3. A manifest with a mistake that the API server sees: imageConfig beside handler");
    if (!stage.cluster().validates()) {
      screen.entry(DemoFunctions.INVOICES, "left out: this server checks no schema");
      return;
    }
    try {
      stage.cluster().apply(Manifests.named("refused-by-schema.yaml"));
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
    stage.cluster().apply(Manifests.named("refused-by-aws.yaml"));
    Sighting stalled =
        stage
            .sightings()
            .await(
                before.sightings(), name, "Stalled", each -> each.is(Conditions.STALLED, "True"));
    StatusCondition condition = requireNonNull(stalled.condition(Conditions.STALLED));
    require(
        condition.reason().equals("InvalidParameterValueException")
            && condition.message().contains("nodejs14.x"),
        name + " is stalled for another reason. " + stage.sightings().last(name));
    screen.entry(name, "Stalled, " + condition.reason() + ": " + condition.message());
    Moment corrected = now();
    stage.cluster().apply(Manifests.named("corrected.yaml"));
    follow(corrected, "corrected, plan: ", name, Set.of("Runtime"), "SpecChanged");
  }

  /** A change from the plan over the request to the end of the update. */
  private void follow(
      Moment before, String prefix, String name, Set<String> members, String cause) {
    Sighting planned =
        stage
            .sightings()
            .await(before.sightings(), name, "a plan (" + cause + ")", each -> plans(each, cause));
    screen.entry(name, prefix + plan(planned));
    LoggedRequest request = request(before, name);
    screen.more("→ " + RequestText.of(request));
    require(
        RequestText.settings(request).equals(members),
        name + ": the request should change " + members + " and nothing else");
    require(
        revision(request).equals(planned.status().revisionId),
        name + ": the request is not guarded by the revision that the plan was made from");
    Sighting ready = ready(before, name);
    screen.more(
        "sent after %s, Ready after %s: %s, %s"
            .formatted(
                after(before, request.at()),
                after(before, ready.at()),
                ready.status().state,
                ready.status().lastUpdateStatus));
  }

  private Sighting ready(Moment before, String name) {
    return stage
        .sightings()
        .await(
            before.sightings(),
            name,
            "Ready",
            each -> each.isReady() && isSettled(each, before, name));
  }

  private static String after(Moment before, Instant then) {
    return Screen.seconds(Duration.between(before.at(), then));
  }

  /** Ready of before the change is not meant: it knows an older revision of the function. */
  private boolean isSettled(Sighting sighting, Moment before, String name) {
    return sighting.at().isAfter(before.at())
        && stage.function(name).path("RevisionId").asText().equals(sighting.status().revisionId);
  }

  private static boolean plans(Sighting sighting, String cause) {
    StatusCondition ready = sighting.condition(Conditions.READY);
    return ready != null
        && ready.status().equals("False")
        && ready.message().endsWith("(" + cause + ")")
        && sighting.status().drift != null;
  }

  private static String plan(Sighting planned) {
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
          .until(() -> stage.updates(name), updates -> updates.size() > earlier)
          .get(earlier);
    } catch (ConditionTimeoutException e) {
      throw new StepFailed(
          name
              + ": no UpdateFunctionConfiguration within "
              + LIMIT.toSeconds()
              + " s. "
              + stage.sightings().last(name));
    }
  }

  private static String revision(LoggedRequest request) {
    return request.body() == null ? "" : request.body().path("RevisionId").asText();
  }

  /** How far things had come when a step began. */
  private record Moment(int sightings, Map<String, Integer> updates, Instant at) {}

  private Moment now() {
    return new Moment(
        stage.sightings().mark(),
        DemoFunctions.ALL.stream()
            .collect(Collectors.toMap(name -> name, name -> stage.updates(name).size())),
        Instant.now());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new StepFailed(otherwise);
    }
  }
}
