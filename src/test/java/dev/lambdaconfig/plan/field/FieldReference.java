package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the field table does with a manifest, worked out by running it, for the documentation. */
public final class FieldReference {

  /** What a request says of a manifest that is refused. */
  public static final String REFUSED = "refused";

  private static final Value JSON_LOGS =
      Value.Structure.of(Map.of("LogFormat", Value.text("JSON")));

  /** A value for each field, as flow YAML. A new field needs one. */
  private static final Map<String, String> SAMPLES = samples();

  /**
   * A function that has everything, and nothing of what the samples want. What the request takes
   * over from it says "read", or is a level of its own.
   */
  private static final ObservedFunction FULL =
      TestSpecs.function(
          """
          Role: arn:aws:iam::123456789012:role/read
          Handler: read.handler
          Description: read
          Timeout: 60
          MemorySize: 1024
          VpcConfig: {SubnetIds: [subnet-read], SecurityGroupIds: [sg-read], VpcId: vpc-read, \
          Ipv6AllowedForDualStack: true}
          Environment: {Variables: {READ: read}}
          Runtime: python3.12
          DeadLetterConfig: {TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:read'}
          KMSKeyArn: arn:aws:kms:eu-west-1:123456789012:key/read
          TracingConfig: {Mode: Active}
          Layers: [{Arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:read:1', CodeSize: 1}]
          FileSystemConfigs: [{Arn: read, LocalMountPath: /mnt/read, \
          S3FilesConfig: {DirectS3Read: ENABLED}}]
          ImageConfigResponse: {ImageConfig: {EntryPoint: [read], Command: [read], \
          WorkingDirectory: /read}}
          EphemeralStorage: {Size: 2048}
          SnapStart: {ApplyOn: PublishedVersions, OptimizationStatus: 'Off'}
          LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR, SystemLogLevel: DEBUG, \
          LogGroup: /read}
          CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: \
          {CapacityProviderArn: read, PerExecutionEnvironmentMaxConcurrency: 1, \
          ExecutionEnvironmentMemoryGiBPerVCpu: 2}}
          DurableConfig: {ExecutionTimeout: 60, RetentionPeriodInDays: 1, KMSKeyArn: read}
          """);

  private static final ObservedFunction PLAIN = TestSpecs.function("{}");

  private FieldReference() {}

  /**
   * What a manifest makes of a request.
   *
   * @param spec the line of the manifest, as flow YAML
   * @param request the members that are sent, as JSON, or {@link #REFUSED}
   */
  public record Sending(String spec, String request) {}

  /** A function that has everything, and nothing of what the samples want. */
  public static ObservedFunction full() {
    return FULL;
  }

  /** The paths of all fields, in the order of the table. */
  public static List<String> paths() {
    return FieldTable.paths();
  }

  /** What AWS has where nobody set the field; empty where it then has nothing. */
  public static String resting(String path) {
    Field field = field(path);
    Value always = field.defaultValue().of("<name>", null);
    if (always != null) {
      String text = TestSpecs.text(always);
      return "`" + (text.isEmpty() ? "\"\"" : text) + "`";
    }
    Value withJson = field.defaultValue().of("<name>", JSON_LOGS);
    return withJson == null ? "" : "`" + TestSpecs.text(withJson) + "` with JSON logs";
  }

  /** How the field is written empty, or null where its type has no empty value. */
  public static @Nullable String empty(String path) {
    String sample = sample(path);
    if (sample.startsWith("[")) {
      return "[]";
    }
    if (sample.startsWith("{")) {
      return "{}";
    }
    return sample.matches("[0-9.]+|true|false") ? null : "\"\"";
  }

  /** Setting each field of a top-level member of the spec, then clearing each, then all of it. */
  public static List<Sending> sendings(String member) {
    List<Sending> sendings = new ArrayList<>();
    List<String> own = FieldTable.paths().stream().filter(path -> isOf(member, path)).toList();
    own.forEach(path -> sendings.add(sending(line(path, sample(path)))));
    own.forEach(
        path -> {
          String empty = empty(path);
          if (empty != null) {
            sendings.add(sending(line(path, empty)));
          }
        });
    if (!own.contains(member)) {
      sendings.add(sending(line(member, "{}")));
    }
    return sendings;
  }

  /** What a field's explicit empty sends. */
  public static Sending clearing(String path) {
    return sending(line(path, Objects.requireNonNull(empty(path))));
  }

  private static Sending sending(String spec) {
    Desired desired = TestSpecs.desired(spec);
    if (!desired.problems().isEmpty()) {
      return new Sending(spec, REFUSED);
    }
    Plan plan = Diff.between(desired, FULL);
    Plan shown = plan.isEmpty() ? Diff.between(desired, PLAIN) : plan;
    return new Sending(spec, TestSpecs.json(shown.request()).toString());
  }

  /** A path and its value as one line of YAML. */
  private static String line(String path, String value) {
    int dot = path.indexOf('.');
    return dot < 0
        ? path + ": " + value
        : path.substring(0, dot) + ": {" + line(path.substring(dot + 1), value) + "}";
  }

  private static boolean isOf(String member, String path) {
    return path.equals(member) || path.startsWith(member + ".");
  }

  private static Field field(String path) {
    return FieldTable.MEMBERS.stream()
        .flatMap(member -> member.fields().stream())
        .filter(field -> field.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** A value for a field, as flow YAML. */
  public static String sample(String path) {
    String sample = SAMPLES.get(path);
    if (sample == null) {
      throw new IllegalStateException("FieldReference has no sample value for " + path);
    }
    return sample;
  }

  private static Map<String, String> samples() {
    String provider = "capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig.";
    return Map.ofEntries(
        Map.entry("role", "arn:aws:iam::123456789012:role/orders"),
        Map.entry("handler", "app.handler"),
        Map.entry("description", "orders worker"),
        Map.entry("timeout", "30"),
        Map.entry("memorySize", "256"),
        Map.entry("vpcConfig.subnetIds", "[subnet-1, subnet-2]"),
        Map.entry("vpcConfig.securityGroupIds", "[sg-1]"),
        Map.entry("vpcConfig.ipv6AllowedForDualStack", "false"),
        Map.entry("environment.variables", "{LOG_LEVEL: info}"),
        Map.entry("runtime", "python3.13"),
        Map.entry("deadLetterConfig.targetArn", "arn:aws:sqs:eu-west-1:123456789012:dead"),
        Map.entry("kmsKeyArn", "arn:aws:kms:eu-west-1:123456789012:key/1"),
        Map.entry("tracingConfig.mode", "Active"),
        Map.entry("layers", "[\"arn:aws:lambda:eu-west-1:123456789012:layer:deps:7\"]"),
        Map.entry(
            "fileSystemConfigs",
            "[{arn: \"arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0"
                + "/access-point/fsap-0123456789abcdef0\", localMountPath: /mnt/data,"
                + " s3FilesConfig: {directS3Read: ENABLED}}]"),
        Map.entry("imageConfig.entryPoint", "[/init]"),
        Map.entry("imageConfig.command", "[app, serve]"),
        Map.entry("imageConfig.workingDirectory", "/app"),
        Map.entry("ephemeralStorage.size", "1024"),
        Map.entry("snapStart.applyOn", "PublishedVersions"),
        Map.entry("loggingConfig.logFormat", "Text"),
        Map.entry("loggingConfig.applicationLogLevel", "WARN"),
        Map.entry("loggingConfig.systemLogLevel", "WARN"),
        Map.entry("loggingConfig.logGroup", "/orders"),
        Map.entry(
            provider + "capacityProviderArn",
            "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:cp"),
        Map.entry(provider + "perExecutionEnvironmentMaxConcurrency", "10"),
        Map.entry(provider + "executionEnvironmentMemoryGiBPerVCpu", "4"),
        Map.entry("durableConfig.executionTimeout", "3600"),
        Map.entry("durableConfig.retentionPeriodInDays", "14"),
        Map.entry("durableConfig.kmsKeyArn", "arn:aws:kms:eu-west-1:123456789012:key/1"));
  }
}
