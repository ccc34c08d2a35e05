package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.SchemaRule.field;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of references to Secrets and ConfigMaps. */
final class ReferenceRules {

  private static final String REF = "secretKeyRef: {name: db, key: password}";

  private ReferenceRules() {}

  static List<SchemaRule> all() {
    return List.of(
        field(
            "a variable named twice",
            values("{name: AA, " + REF + "}", "{name: AB, " + REF + "}"),
            values("{name: AA, " + REF + "}", "{name: AA, " + REF + "}"),
            "valuesFrom names a variable several times: remove all but one of them"),
        field(
            "a variable both literal and from a reference",
            "environment: {variables: {AB: x}, valuesFrom: [{name: AA, " + REF + "}]}",
            "environment: {variables: {AA: x}, valuesFrom: [{name: AA, " + REF + "}]}",
            "a variable is both in variables and in valuesFrom: remove it from one of them"),
        field(
            "no reference",
            values("{name: AA, configMapKeyRef: {name: features, key: list, optional: true}}"),
            values("{name: AA}"),
            "write either secretKeyRef or configMapKeyRef, with name and key"),
        field(
            "two references",
            values("{name: AA, " + REF + "}"),
            values("{name: AA, " + REF + ", configMapKeyRef: {name: db, key: password}}"),
            "write either secretKeyRef or configMapKeyRef, with name and key"),
        field(
            "form of the name of a variable",
            values("{name: A_1, " + REF + "}"),
            values("{name: A-1, " + REF + "}"),
            "a letter, then at least one letter, digit or underscore"),
        field(
            "a newline in the name of a variable",
            values("{name: AA, " + REF + "}"),
            values("{name: \"AA\\n\", " + REF + "}"),
            "a letter, then at least one letter, digit or underscore"),
        field(
            "a reserved name of a variable",
            values("{name: AWS_REGIONS, " + REF + "}"),
            values("{name: AWS_REGION, " + REF + "}"),
            "is reserved by Lambda (AWS_REGION, "),
        field(
            "form of the name of an object",
            values("{name: AA, secretKeyRef: {name: a.b-c.d1, key: k}}"),
            values("{name: AA, secretKeyRef: {name: ../db, key: k}}"),
            "name must be the name of an object in the namespace of this resource"),
        field(
            "form of a key",
            values("{name: AA, secretKeyRef: {name: db, key: tls.crt_1-a}}"),
            values("{name: AA, secretKeyRef: {name: db, key: \"a\\nb\"}}"),
            "key must be a key of the object's data"),
        field(
            "a missing key",
            values("{name: AA, " + REF + "}"),
            values("{name: AA, secretKeyRef: {name: db}}"),
            "key: Required value"),
        field(
            "number of values",
            values(many(100, "{name: V%d, " + REF + "}")),
            values(many(101, "{name: V%d, " + REF + "}")),
            "must have at most 100 items"),
        field(
            "values of the longest names",
            values("{name: A" + "N".repeat(255) + ", " + longest() + "}"),
            values("{name: A" + "N".repeat(256) + ", " + REF + "}"),
            "may not be more than 256"),
        field(
            "names of variables that do not fit an environment",
            values(many(100, "{name: V%02d" + "N".repeat(31) + ", " + longest() + "}")),
            values(many(100, "{name: V%02d" + "N".repeat(32) + ", " + longest() + "}")),
            "the names of the variables in valuesFrom exceed AWS's limit of 4096 bytes"),
        field(
            "a policy without variables",
            "environment: {policy: Merge, variables: {}}",
            "environment: {policy: Merge}",
            "policy alone manages nothing: add variables, valuesFrom or envFrom"),
        field(
            "a policy without layers",
            "layersPolicy: Merge\nlayers: []",
            "layersPolicy: Merge",
            "layersPolicy alone manages nothing: add layers, or remove layersPolicy"),
        field(
            "no source",
            "environment: {envFrom: [{prefix: DB_, secretRef: {name: db}}]}",
            "environment: {envFrom: [{prefix: DB_}]}",
            "write either secretRef or configMapRef, with name"),
        field(
            "two sources",
            "environment: {envFrom: [{configMapRef: {name: db, optional: true}}]}",
            "environment: {envFrom: [{secretRef: {name: db}, configMapRef: {name: db}}]}",
            "write either secretRef or configMapRef, with name"),
        field(
            "form of a prefix",
            "environment: {envFrom: [{prefix: '', secretRef: {name: db}}]}",
            "environment: {envFrom: [{prefix: 1_, secretRef: {name: db}}]}",
            "prefix must be a letter, then letters, digits and underscores only"),
        field("number of sources", sources(20), sources(21), "must have at most 20 items"));
  }

  private static String values(String... items) {
    return "environment: {valuesFrom: [" + String.join(", ", items) + "]}";
  }

  private static String[] many(int count, String item) {
    return IntStream.range(0, count).mapToObj(i -> item.formatted(i)).toArray(String[]::new);
  }

  private static String longest() {
    return "secretKeyRef: {name: " + "n".repeat(253) + ", key: " + "k".repeat(253) + "}";
  }

  private static String sources(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{secretRef: {name: s" + i + "}}")
        .collect(Collectors.joining(", ", "environment: {envFrom: [", "]}"));
  }
}
