package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.SchemaRule.field;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rules of the schema for sizes: a spec holds no more than AWS accepts. */
final class SizeRules {

  static final String TOO_LARGE =
      "environment variables exceed AWS's limit of 4096 bytes for names and values";

  private SizeRules() {}

  static List<SchemaRule> all() {
    List<SchemaRule> rules = new ArrayList<>();
    environment(rules);
    image(rules);
    return rules;
  }

  private static void environment(List<SchemaRule> rules) {
    // Recorded from AWS (docs/aws.md#environment-size): with this name 4080 characters are
    // accepted, 4081 are not.
    rules.add(
        field(
            "one large value",
            "environment: {variables: {LARGE_VAR: " + "x".repeat(4080) + "}}",
            "environment: {variables: {LARGE_VAR: " + "x".repeat(4081) + "}}",
            TOO_LARGE));
    rules.add(
        field(
            "a small value and a large one",
            "environment: {variables: {SMALL_VAR: ok, LARGE_VAR: " + "x".repeat(4063) + "}}",
            "environment: {variables: {SMALL_VAR: ok, LARGE_VAR: " + "x".repeat(4064) + "}}",
            TOO_LARGE));
    rules.add(
        field(
            "a value that is too long by itself",
            "environment: {variables: {AA: " + "x".repeat(4087) + "}}",
            "environment: {variables: {AA: " + "x".repeat(4097) + "}}",
            "may not be more than 4096"));
    rules.add(
        field(
            "characters of many bytes, which AWS counts as it likes",
            "environment: {variables: {AA: " + "é".repeat(4087) + "}}",
            "environment: {variables: {AA: " + "é".repeat(4088) + "}}",
            TOO_LARGE));
    rules.add(
        field(
            "long names",
            "environment: {variables: {" + longNames(4) + "}}",
            "environment: {variables: {" + longNames(5) + "}}",
            TOO_LARGE));
    rules.add(
        field(
            "many variables",
            "environment: {variables: {" + variables(400) + "}}",
            "environment: {variables: {" + variables(512) + "}}",
            TOO_LARGE));
  }

  private static String longNames(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "A".repeat(999) + i + ": x")
        .collect(Collectors.joining(", "));
  }

  private static String variables(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "V%03d: ''".formatted(i))
        .collect(Collectors.joining(", "));
  }

  private static void image(List<SchemaRule> rules) {
    for (String list : List.of("command", "entryPoint")) {
      rules.add(
          field(
              "number of items of " + list,
              items(list, 1500, "--flag"),
              items(list, 1501, "--flag"),
              "must have at most 1500 items"));
      rules.add(
          field(
              "length of an item of " + list,
              items(list, 1, "x".repeat(4096)),
              items(list, 1, "x".repeat(4097)),
              "may not be more than 4096"));
      rules.add(
          field(
              "length of " + list,
              items(list, 4, "x".repeat(4096)),
              items(list, 5, "x".repeat(4096)),
              list + " exceeds 16384 characters: move long arguments into a file of the"));
    }
  }

  private static String items(String list, int count, String item) {
    return "imageConfig: {%s: [%s]}"
        .formatted(
            list, IntStream.range(0, count).mapToObj(i -> item).collect(Collectors.joining(",")));
  }
}
