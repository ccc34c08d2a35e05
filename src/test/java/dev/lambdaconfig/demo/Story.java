package dev.lambdaconfig.demo;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.demo.ResourceWatch.Version;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The first steps of the demo: manifests, a drift, and two mistakes. */
final class Story {

  /** The members that each manifest of the samples changes, in AWS's names. */
  private static final Map<String, Set<String>> CHANGES =
      Map.of(
          DemoFunctions.ORDERS, Set.of("MemorySize", "Timeout", "Environment"),
          DemoFunctions.THUMBNAILER, Set.of("EphemeralStorage", "ImageConfig"),
          DemoFunctions.REPORT, Set.of(),
          DemoFunctions.MAIL, Set.of("Timeout"));

  private final DemoEnvironment environment;
  private final Screen screen;
  private final Narrator narrator;
  private final Path samples;

  Story(DemoEnvironment environment, Narrator narrator, Path samples) {
    this.environment = environment;
    this.screen = environment.screen();
    this.narrator = narrator;
    this.samples = samples;
  }

  void tell() {
    applySamples();
    changeBehindTheBack();
    applyWhatTheSchemaRefuses();
    applyWhatAwsRefuses();
  }

  private void applySamples() {
    // The in-process server knows no server-side apply.
    String how = environment.cluster().validates() ? "--server-side " : "";
    narrator.begin("1. kubectl apply " + how + "-f deploy/samples/");
    List<GenericKubernetesResource> manifests = Manifests.of(samples);
    Narrator.require(
        manifests.stream()
            .map(each -> each.getMetadata().getName())
            .collect(Collectors.toSet())
            .equals(CHANGES.keySet()),
        "deploy/samples/ and the demo speak of different functions");
    Narrator.Moment before = narrator.now();
    manifests.forEach(environment.cluster()::apply);
    for (GenericKubernetesResource manifest : manifests) {
      String name = manifest.getMetadata().getName();
      Set<String> changes = requireNonNull(CHANGES.get(name));
      if (changes.isEmpty()) {
        Version ready = narrator.ready(before, name);
        Narrator.require(
            environment.updates(name).isEmpty(), name + " was updated, though it was in sync");
        screen.entry(
            name, "in sync: nothing was sent, Ready after " + Narrator.after(before, ready.at()));
      } else {
        narrator.follow(before, "plan: ", name, changes, "SpecChanged");
      }
    }
  }

  private void changeBehindTheBack() {
    String name = DemoFunctions.ORDERS;
    narrator.begin(
        "2. Somebody changes " + name + " behind the operator's back: MemorySize 512 → 128");
    Narrator.Moment before = narrator.now();
    environment.aws().changeBehindTheBack(name, "{\"MemorySize\": 128}");
    narrator.follow(before, "DriftCorrected: ", name, Set.of("MemorySize"), "DriftCorrected");
    Narrator.require(
        environment.function(name).path("MemorySize").asInt() == 512,
        name + " was not reverted: MemorySize " + environment.function(name).path("MemorySize"));
  }

  private void applyWhatTheSchemaRefuses() {
    narrator.begin(
        "3. A manifest with a mistake that the API server sees: imageConfig beside handler");
    if (!environment.cluster().validates()) {
      screen.entry(DemoFunctions.INVOICES, "left out: this server checks no schema");
      return;
    }
    try {
      environment.cluster().apply(Manifests.named("refused-by-schema.yaml"));
    } catch (KubernetesClientException e) {
      Narrator.require(e.getCode() == 422, "the API server refused the manifest otherwise: " + e);
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
    narrator.begin("4. A manifest with a mistake that only AWS sees: a runtime that is no more");
    String name = DemoFunctions.INVOICES;
    Narrator.Moment before = narrator.now();
    environment.cluster().apply(Manifests.named("refused-by-aws.yaml"));
    narrator.stalled(
        before,
        name,
        condition ->
            condition.reason().equals("InvalidParameterValueException")
                && condition.message().contains("nodejs14.x"));
    Narrator.Moment corrected = narrator.now();
    environment.cluster().apply(Manifests.named("corrected.yaml"));
    narrator.follow(corrected, "corrected, plan: ", name, Set.of("Runtime"), "SpecChanged");
  }
}
