package dev.lambdaconfig.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field, and the changes that manifests make to it one after another.
 *
 * @param member of the answer, that the field is in
 * @param seed members of the function before, as JSON
 */
record FieldRow(
    String field, String name, boolean image, String member, String seed, List<Step> steps) {

  static final String PROVIDER = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:";

  FieldRow then(String spec, @Nullable String sent) {
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(spec, sent == null ? null : doubleQuoted(sent)));
    return new FieldRow(field, name, image, member, seed, List.copyOf(more));
  }

  /**
   * A manifest and the request that it must cause.
   *
   * @param spec the line of the spec
   * @param sent the body without RevisionId, or null where nothing may be sent
   */
  record Step(String spec, @Nullable String sent) {}

  static FieldRow zip(String field, String member, String seed) {
    return row(field, false, member, seed);
  }

  static FieldRow image(String field) {
    return row(
        field,
        true,
        "ImageConfigResponse",
        "\"ImageConfig\": {\"EntryPoint\": [\"e\"], \"Command\": [\"c\"], \"WorkingDirectory\":"
            + " \"/w\"}");
  }

  static FieldRow logging(String field, String seed) {
    return row(field, false, "LoggingConfig", "\"LoggingConfig\": " + seed);
  }

  static FieldRow provider(String field, String name) {
    FieldRow row =
        row(
            "capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig." + field,
            false,
            "CapacityProviderConfig",
            instances(PROVIDER + "one", 10, "2.0").replace('\'', '"').replaceAll("^.|.$", ""));
    return new FieldRow(row.field(), name, false, row.member(), row.seed(), List.of());
  }

  static String managed(String field) {
    return "capacityProviderConfig: {lambdaManagedInstancesCapacityProviderConfig: {"
        + field
        + "}}";
  }

  static String instances(String arn, int concurrency, String memory) {
    return "{'CapacityProviderConfig': {'LambdaManagedInstancesCapacityProviderConfig':"
        + " {'CapacityProviderArn': '%s', 'PerExecutionEnvironmentMaxConcurrency': %d,"
            .formatted(arn, concurrency)
        + " 'ExecutionEnvironmentMemoryGiBPerVCpu': %s}}}".formatted(memory);
  }

  static String quoted(String text) {
    return "'" + text + "'";
  }

  private static FieldRow row(String field, boolean image, String member, String seed) {
    String name = field.replace('.', '-').toLowerCase(Locale.ROOT);
    return new FieldRow(field, name, image, member, "{" + seed + "}", List.of());
  }

  /** JSON may be written with single quotes here, where no value has one. */
  private static String doubleQuoted(String json) {
    return json.replace('\'', '"');
  }
}
