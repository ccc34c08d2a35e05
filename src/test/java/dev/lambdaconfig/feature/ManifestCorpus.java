package dev.lambdaconfig.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Manifests that are judged twice: what can be written in YAML, in metadata, and by mistake. */
final class ManifestCorpus {

  private static final String HEAD =
      """
      apiVersion: lambdaconfig.dev/v1alpha1
      kind: LambdaFunctionConfig
      """;

  private static final Pattern CODE = Pattern.compile("(?ms)^```ya?ml\\n(.*?)^```");

  private ManifestCorpus() {}

  /** The manifest of a spec. */
  static String manifest(String spec) {
    return HEAD + "metadata: {name: new}\nspec:\n" + spec.indent(2);
  }

  /** The manifest of a spec in JSON. */
  static String json(String spec) {
    return """
    {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
     "metadata": {"name": "new"}, "spec": %s}
    """
        .formatted(spec);
  }

  private static List<String> specs(String... settings) {
    return Stream.of(settings).map(each -> manifest("functionName: f\n" + each)).toList();
  }

  /** Ways to write values in YAML, and values that are null, empty or of another type. */
  static List<String> yamlForms() {
    List<String> manifests = new ArrayList<>(scalars());
    manifests.addAll(structures());
    return manifests;
  }

  private static List<String> scalars() {
    return specs(
        "suspend: yes",
        "suspend: 'yes'",
        "suspend: off",
        "suspend: y",
        "suspend: yEs",
        "timeout: 010",
        "timeout: 0o17",
        "timeout: 0x1F",
        "timeout: 0b101",
        "timeout: 08",
        "timeout: 1_000",
        "timeout: 1e2",
        "timeout: 3.0",
        "timeout: 3.5",
        "timeout: +5",
        "timeout: -5",
        "timeout: .5",
        "timeout: '5'",
        "timeout: !!str 5",
        "timeout: !!int '5'",
        "timeout: 99999999999999999999",
        "timeout: 1e400",
        "timeout: 2026-11-26",
        "timeout: .inf",
        "timeout: ~",
        "timeout:",
        "timeout: true",
        "timeout: 1:30",
        "description: 5",
        "description: 2026-11-26",
        "description: null",
        "description: 'null'",
        "description: no",
        "description: >\n  a\n  b",
        "description: |-\n  a\n  b",
        "description: !!binary YQ==",
        "description: !custom x",
        "environment: {variables: {AB: yes}}",
        "environment: {variables: {AB: 5}}",
        "environment: {variables: {AB: }}",
        "environment: {variables: {AB: 1e3, CD: 'x'}}",
        "environment: {variables: {AB: {CD: x}}}",
        "environment: {variables: {AB: [x]}}",
        "environment: {variables: {5: x}}",
        "environment: {variables: {yes: x}}",
        "environment: {variables: {no: x, off: 'y'}}",
        "environment: {variables: {1.50: x}}",
        "environment: {variables: {~: x}}");
  }

  private static List<String> structures() {
    List<String> manifests =
        new ArrayList<>(
            specs(
                "timeout: 5\ntimeout: 6",
                "environment: {variables: {AB: x, AB: x}}",
                "environment: {variables: &a {AB: x}}\nvpcConfig: {<<: *a}",
                "environment: {variables: {<<: {AB: x}, CD: y}}",
                "environment: {variables: {<<: [{AB: x}, {AB: z}], CD: y}}",
                "environment: {variables: {<<: 5}}",
                "layers: [null]",
                "layers: {}",
                "layers: ''",
                "layers: null",
                "layers: [5, {a: b}, [c]]",
                "vpcConfig: []",
                "vpcConfig: null",
                "vpcConfig: {subnetIds: null, securityGroupIds: [null]}",
                "vpcConfig: {subnetIds: [subnet-1, subnet-1, subnet-1, subnet-2, subnet-2]}",
                "environment: {valuesFrom: [null]}",
                "environment: {valuesFrom: [{}]}",
                "environment: {valuesFrom: [{name: AB, secretKeyRef: {}}]}",
                "environment: {valuesFrom: [{name: AB, secretKeyRef: {name: a, key: b}}, 5]}",
                "fileSystemConfigs: [{}]",
                "fileSystemConfigs: [{arn: 5, localMountPath: /mnt/a}, {}]",
                "mode: 5",
                "mode: [Enforce]",
                "mode: ''",
                "snapStart: {applyOn: null}",
                "tracingConfig: Active",
                "capacityProviderConfig: {}",
                "capacityProviderConfig: {lambdaManagedInstancesCapacityProviderConfig:"
                    + " {executionEnvironmentMemoryGiBPerVCpu: 8.5}}",
                "capacityProviderConfig: {lambdaManagedInstancesCapacityProviderConfig:"
                    + " {executionEnvironmentMemoryGiBPerVCpu: 2.5}}",
                "imageConfig: {command: [a, '']}\nhandler: b",
                "environment: {variables: {%sA: x}}".formatted("A".repeat(4085))));
    manifests.addAll(
        List.of(
            manifest("functionName:"),
            manifest("functionName: [a]"),
            manifest("timeout: 5"),
            manifest("{}"),
            HEAD + "metadata: {name: new}\n",
            HEAD + "metadata: {name: new}\nspec:\n",
            HEAD + "metadata: {name: new}\nspec: 5\n",
            HEAD + "metadata: {name: new}\nspec: [a]\n",
            HEAD + "metadata: {name: new}\nspec: {functionName: f}\nstatus: {state: 5}\n",
            HEAD + "metadata: {name: new}\nspec: {functionName: f}\nstatus: 5\n"));
    return manifests;
  }

  /** Names, labels and other metadata. */
  static List<String> metadata() {
    return Stream.of(
            "{name: a.b-c.9}",
            "{name: A}",
            "{name: a_b}",
            "{name: -a}",
            "{name: a-}",
            "{name: a..b}",
            "{name: ''}",
            "{name: 5}",
            "{name: yes}",
            "{name: null}",
            "{}",
            "5",
            "[a]",
            "{generateName: a-}",
            "{name: %s}".formatted("a".repeat(253)),
            "{name: %s}".formatted("a".repeat(254)),
            "{name: a, labels: {x: y, example.com/a.b_c: '', A: b}}",
            "{name: a, labels: {x: -y}}",
            "{name: a, labels: {x: 5}}",
            "{name: a, labels: {x: true}}",
            "{name: a, labels: {x: }}",
            "{name: a, labels: {-x: y, 'a/b/c': d, /e: f, g/: h, 'i j': k}}",
            "{name: a, labels: {x: %s}}".formatted("a".repeat(64)),
            "{name: a, labels: {%s: x}}".formatted("a".repeat(64)),
            "{name: a, labels: []}",
            "{name: a, labels: null, annotations: null, creationTimestamp: null}",
            "{name: a, annotations: {A/b: x, b: '', C: 'any text, of any form'}}",
            "{name: a, annotations: {'a b': x}}",
            "{name: a, annotations: {a: 5}}",
            "{name: a, annotations: {a: %s}}".formatted("x".repeat(262_143)),
            "{name: a, annotations: {a: %s}}".formatted("x".repeat(262_144)),
            "{name: a, finalizers: [example.com/a]}",
            "{name: a, finalizers: [a b]}",
            "{name: a, finalizers: [5]}",
            "{name: a, ownerReferences: [{}]}",
            "{name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: b, uid: c, x: y}]}",
            "{name: a, ownerReferences: {}}",
            "{name: a, generation: x}",
            "{name: a, lables: {b: c}}")
        .map(each -> HEAD + "metadata: " + each + "\nspec: {functionName: f}\n")
        .toList();
  }

  /** Fields that do not exist. */
  static List<String> unknownFields() {
    List<String> manifests =
        new ArrayList<>(
            specs(
                "timeoutt: 5",
                "timeout: 6000\nmemory: 5",
                "subnetIds: [a]",
                "environment: {variables: {AB: x}, Policy: Merge}",
                "environment: {valuesFrom: [{name: AB, secretKeyRef: {name: a, key: b, c: d}}]}",
                "vpcConfig: {subnetIds: [{a: b}]}",
                "description: {a: {b: c}}",
                "timeout: [{a: b}]",
                "layers: [{a: b}]",
                "a.b: 5\n'c d': 6",
                "x: null"));
    manifests.add(HEAD + "metadata: {name: new}\nSpec: {functionName: f}\n");
    manifests.add(HEAD + "metadata: {name: new}\nspec: {functionName: f}\nstatus: {x: y}\n");
    manifests.add(HEAD + "metadata: {name: new}\nspec: {functionName: f}\ndata: {x: y}\n");
    return manifests;
  }

  /** The manifests in README, docs and deploy. */
  static List<String> documented() throws IOException {
    List<String> manifests = new ArrayList<>();
    for (Path root : List.of(Path.of("README.md"), Path.of("docs"), Path.of("deploy"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = file.toString();
          if (name.endsWith(".yaml")) {
            add(Files.readString(file), manifests);
          } else if (name.endsWith(".md")) {
            CODE.matcher(Files.readString(file))
                .results()
                .forEach(code -> add(code.group(1), manifests));
          }
        }
      }
    }
    return manifests;
  }

  private static void add(String text, List<String> manifests) {
    for (String document : text.split("(?m)^---$", -1)) {
      if (document.contains("kind: LambdaFunctionConfig")) {
        manifests.add(document.replaceAll("(?m)(^ +|, *)namespace: *[a-z0-9-]+", ""));
      }
    }
  }
}
