package dev.lambdaconfig.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.plan.Generator;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest that was a good one before something in it was changed, with a status and annotations
 * that somebody made up.
 */
public final class HostileManifest {

  private static final String STATUS =
      """
      {"observedGeneration": 1, "functionArn": "arn:aws:lambda:eu-west-1:123456789012:function:fn",
       "region": "eu-west-1", "revisionId": "r1", "state": "Active", "codeSize": 1,
       "conditions": [
         {"type": "Ready", "status": "True", "reason": "InSync", "message": "", "observedGeneration": 1,
          "lastTransitionTime": "2026-01-01T00:00:00Z"},
         {"type": "Stalled", "status": "True", "reason": "FunctionNotFound", "message": "", "observedGeneration": 1,
          "lastTransitionTime": "2026-01-01T00:00:00Z"}],
       "managedFields": ["timeout", "environment.variables.AA"], "layers": [{"arn": "layer-a"}],
       "drift": [{"path": "timeout", "desired": "3", "actual": "4"}],
       "history": [{"time": "2026-01-01T00:00:00Z", "fields": ["timeout"], "cause": "SpecChanged",
         "generation": 1, "plannedRevision": "r1", "outcome": "InProgress"}],
       "baseline": [{"path": "timeout", "value": 3}, {"path": "environment.variables",
         "secretName": "a"}],
       "owned": [{"path": "layers", "entries": ["layer-a"], "provisional": ["layer-b"]},
         {"path": "environment.variables", "entries": ["AA"]}],
       "ignoredDrift": [{"path": "timeout", "applied": 3}, {"path": "environment.variables.AA",
         "generation": 1}],
       "valueSources": [{"kind": "Secret", "name": "a", "uid": "u", "resourceVersion": "1"}],
       "lastHandledReconcileAt": "now", "lastAppliedTime": "2026-01-01T00:00:00Z"}
      """;

  private static final String REFERENCES =
      "{valuesFrom: [{name: BB, secretKeyRef: {name: db, key: password, optional: true}}],"
          + " envFrom: [{prefix: P_, configMapRef: {name: settings}}], policy: Merge}";

  /** A surrogate as an escape, with the pair of two as the first group. */
  private static final Pattern HALF =
      Pattern.compile("(\\\\ud[89ab][0-9a-f]{2}\\\\ud[c-f][0-9a-f]{2})|\\\\ud[89a-f][0-9a-f]{2}");

  private final Random random;
  private final HostileJson json;
  private final HostileText texts;
  private final ObjectNode spec;

  /** Creates the manifest of a seed, for a function. */
  public HostileManifest(long seed, Random random, String function) {
    this.random = random;
    // A few beyond every bound, and most within those of the schema.
    this.json = new HostileJson(random, random.nextInt(30) == 0 ? 150_000 : 400);
    this.texts = new HostileText(random);
    ObjectNode good = new Generator(seed).spec().put("functionName", function);
    sometimes(good, "deletionPolicy", "Restore");
    sometimes(good, "mode", "Observe");
    sometimes(good, "region", "us-east-1");
    sometimes(good, "serviceAccountName", "writer");
    sometimes(good, "layersPolicy", "Merge");
    if (good.path("environment").isObject() && random.nextInt(3) == 0) {
      good.withObject("/environment").setAll(TestSpecs.tree(REFERENCES));
    }
    this.spec = random.nextBoolean() ? good : json.mutated(good);
  }

  private void sometimes(ObjectNode good, String name, String value) {
    if (random.nextInt(6) == 0) {
      good.put(name, value);
    }
  }

  /** The spec as a tree, for what JSON can say. */
  public ObjectNode spec() {
    return spec;
  }

  /** The text of the spec. */
  public String specText() {
    return json.text(spec);
  }

  /** The text of a status, or {@code {}}. */
  public String statusText() {
    if (random.nextInt(3) == 0) {
      return "{}";
    }
    ObjectNode status = TestSpecs.tree(STATUS);
    return json.text(random.nextBoolean() ? json.mutated(status) : json.sameTypes(status));
  }

  /** Annotations. */
  public ObjectNode annotations() {
    ObjectNode annotations = TestSpecs.object();
    if (random.nextInt(3) == 0) {
      annotations.put("lambdaconfig.dev/reconcile-requested-at", texts.next(3000));
    }
    if (random.nextInt(3) == 0) {
      annotations.put(
          "lambdaconfig.dev/ignore-drift",
          random.nextBoolean()
              ? texts.mutated("timeout,environment.variables.AA,layers")
              : texts.next(6000));
    }
    if (random.nextInt(6) == 0) {
      annotations.put("lambdaconfig.dev/resume-updates-at", texts.next(300));
    }
    return annotations;
  }

  /** The text of the whole, as an API server sends it, which replaces half a character. */
  public String storedText() {
    return HALF.matcher(text())
        .replaceAll(
            half -> half.group(1) == null ? "\\\\ufffd" : Matcher.quoteReplacement(half.group()));
  }

  /** The text of the whole. */
  public String text() {
    return "{\"apiVersion\":\"lambdaconfig.dev/v1alpha1\",\"kind\":\"LambdaFunctionConfig\","
        + "\"metadata\":{\"name\":\"x\",\"annotations\":%s},\"spec\":%s,\"status\":%s}"
            .formatted(json.text(annotations()), specText(), statusText());
  }
}
