package dev.lambdaconfig.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a manifest can do to each field, and what exactly Lambda must be asked for then. */
final class FieldMatrix {

  /** The most steps that a row has. */
  static final int STEPS = 3;

  private static final String IN_A_VPC =
      "\"VpcConfig\": {\"SubnetIds\": [\"subnet-1\"], \"SecurityGroupIds\": [\"sg-1\", \"sg-2\"]}";

  private static final String DURABLE =
      "\"DurableConfig\": {\"ExecutionTimeout\": 60, \"RetentionPeriodInDays\": 7}";

  private static final String PROVIDER = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:";
  private static final String LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:";
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:";
  private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/";
  private static final String ACCESS_POINT =
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";
  private static final String S3_FILES =
      "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0"
          + "/access-point/fsap-0123456789abcdef0";
  private static final String OUTSIDE =
      "{'VpcConfig': {'SubnetIds': [], 'SecurityGroupIds': [], 'Ipv6AllowedForDualStack': false}}";

  /** All fields, in the order of the field table. */
  static final List<Row> ROWS =
      List.of(
          zip("role", "Role", "")
              .then(
                  "role: arn:aws:iam::123456789012:role/one",
                  "{'Role': 'arn:aws:iam::123456789012:role/one'}")
              .then(
                  "role: arn:aws:iam::123456789012:role/two",
                  "{'Role': 'arn:aws:iam::123456789012:role/two'}"),
          zip("handler", "Handler", "")
              .then("handler: app.other", "{'Handler': 'app.other'}")
              .then("handler: app.third", "{'Handler': 'app.third'}"),
          zip("description", "Description", "")
              .then("description: orders", "{'Description': 'orders'}")
              .then("description: \"über alles\\n🚀\"", "{'Description': 'über alles\\n🚀'}")
              .then("description: ''", "{'Description': ''}"),
          zip("timeout", "Timeout", "")
              .then("timeout: 30", "{'Timeout': 30}")
              .then("timeout: 900", "{'Timeout': 900}"),
          zip("memorySize", "MemorySize", "")
              .then("memorySize: 256", "{'MemorySize': 256}")
              .then("memorySize: 10240", "{'MemorySize': 10240}"),
          zip("vpcConfig.subnetIds", "VpcConfig", IN_A_VPC)
              .then(
                  "vpcConfig: {subnetIds: [subnet-2, subnet-1]}",
                  "{'VpcConfig': {'SubnetIds': ['subnet-2', 'subnet-1'], 'SecurityGroupIds':"
                      + " ['sg-1', 'sg-2'], 'Ipv6AllowedForDualStack': false}}")
              .then("vpcConfig: {subnetIds: [subnet-1, subnet-2]}", null)
              .then("vpcConfig: {subnetIds: []}", OUTSIDE),
          zip("vpcConfig.securityGroupIds", "VpcConfig", IN_A_VPC)
              .then("vpcConfig: {securityGroupIds: [sg-2, sg-1]}", null)
              .then(
                  "vpcConfig: {securityGroupIds: [sg-3]}",
                  "{'VpcConfig': {'SubnetIds': ['subnet-1'], 'SecurityGroupIds': ['sg-3'],"
                      + " 'Ipv6AllowedForDualStack': false}}")
              .then("vpcConfig: {securityGroupIds: []}", OUTSIDE),
          zip("vpcConfig.ipv6AllowedForDualStack", "VpcConfig", IN_A_VPC)
              .then(
                  "vpcConfig: {ipv6AllowedForDualStack: true}",
                  "{'VpcConfig': {'SubnetIds': ['subnet-1'], 'SecurityGroupIds': ['sg-1', 'sg-2'],"
                      + " 'Ipv6AllowedForDualStack': true}}")
              .then(
                  "vpcConfig: {ipv6AllowedForDualStack: false}",
                  "{'VpcConfig': {'SubnetIds': ['subnet-1'], 'SecurityGroupIds': ['sg-1', 'sg-2'],"
                      + " 'Ipv6AllowedForDualStack': false}}")
              .then("vpcConfig: {}", OUTSIDE),
          zip(
                  "environment.variables",
                  "Environment",
                  "\"Environment\": {\"Variables\": {\"OLD\": \"x\"}}")
              .then(
                  "environment: {variables: {AA: \"1\", BB: \"\"}}",
                  "{'Environment': {'Variables': {'AA': '1', 'BB': ''}}}")
              .then(
                  "environment: {variables: {AA: \" a b\\n\", CC: \"{\\\"k\\\": 1}\"}}",
                  "{'Environment': {'Variables': {'AA': ' a b\\n', 'CC': '{\\\"k\\\": 1}'}}}")
              .then("environment: {variables: {}}", "{'Environment': {'Variables': {}}}"),
          zip("runtime", "Runtime", "")
              .then("runtime: python3.12", "{'Runtime': 'python3.12'}")
              .then("runtime: nodejs24.x", "{'Runtime': 'nodejs24.x'}"),
          zip("deadLetterConfig.targetArn", "DeadLetterConfig", "")
              .then(
                  "deadLetterConfig: {targetArn: " + quoted(QUEUE + "one") + "}",
                  "{'DeadLetterConfig': {'TargetArn': '" + QUEUE + "one'}}")
              .then(
                  "deadLetterConfig: {targetArn: " + quoted(QUEUE + "two") + "}",
                  "{'DeadLetterConfig': {'TargetArn': '" + QUEUE + "two'}}")
              .then("deadLetterConfig: {targetArn: ''}", "{'DeadLetterConfig': {'TargetArn': ''}}"),
          zip("kmsKeyArn", "KMSKeyArn", "")
              .then("kmsKeyArn: " + KEY + "one", "{'KMSKeyArn': '" + KEY + "one'}")
              .then("kmsKeyArn: " + KEY + "two", "{'KMSKeyArn': '" + KEY + "two'}")
              .then("kmsKeyArn: ''", "{'KMSKeyArn': ''}"),
          zip("tracingConfig.mode", "TracingConfig", "")
              .then("tracingConfig: {mode: PassThrough}", null)
              .then("tracingConfig: {mode: Active}", "{'TracingConfig': {'Mode': 'Active'}}")
              .then("tracingConfig: {}", "{'TracingConfig': {'Mode': 'PassThrough'}}"),
          zip("layers", "Layers", "")
              .then(
                  "layers: [" + quoted(LAYER + "a:1") + ", " + quoted(LAYER + "b:2") + "]",
                  "{'Layers': ['" + LAYER + "a:1', '" + LAYER + "b:2']}")
              .then(
                  "layers: [" + quoted(LAYER + "b:2") + ", " + quoted(LAYER + "a:1") + "]",
                  "{'Layers': ['" + LAYER + "b:2', '" + LAYER + "a:1']}")
              .then("layers: []", "{'Layers': []}"),
          zip("fileSystemConfigs", "FileSystemConfigs", IN_A_VPC)
              .then(
                  "fileSystemConfigs: [{arn: "
                      + quoted(ACCESS_POINT)
                      + ", localMountPath: /mnt/a}]",
                  "{'FileSystemConfigs': [{'Arn': '"
                      + ACCESS_POINT
                      + "', 'LocalMountPath': '/mnt/a'}]}")
              .then(
                  "fileSystemConfigs: [{arn: "
                      + quoted(ACCESS_POINT)
                      + ", localMountPath: /mnt/b}]",
                  "{'FileSystemConfigs': [{'Arn': '"
                      + ACCESS_POINT
                      + "', 'LocalMountPath': '/mnt/b'}]}")
              .then("fileSystemConfigs: []", "{'FileSystemConfigs': []}")
              .then(
                  "fileSystemConfigs: [{arn: "
                      + quoted(S3_FILES)
                      + ", localMountPath: /mnt/a, s3FilesConfig: {directS3Read: ENABLED}}]",
                  "{'FileSystemConfigs': [{'Arn': '"
                      + S3_FILES
                      + "', 'LocalMountPath': '/mnt/a', 'S3FilesConfig': {'DirectS3Read':"
                      + " 'ENABLED'}}]}")
              .then(
                  "fileSystemConfigs: [{arn: " + quoted(S3_FILES) + ", localMountPath: /mnt/b}]",
                  "{'FileSystemConfigs': [{'Arn': '"
                      + S3_FILES
                      + "', 'LocalMountPath': '/mnt/b', 'S3FilesConfig': {'DirectS3Read':"
                      + " 'ENABLED'}}]}")
              .then(
                  "fileSystemConfigs: [{arn: "
                      + quoted(S3_FILES)
                      + ", localMountPath: /mnt/b, s3FilesConfig: {}}]",
                  "{'FileSystemConfigs': [{'Arn': '"
                      + S3_FILES
                      + "', 'LocalMountPath': '/mnt/b', 'S3FilesConfig': {'DirectS3Read':"
                      + " 'AUTO'}}]}"),
          image("imageConfig.entryPoint")
              .then(
                  "imageConfig: {entryPoint: [b, a]}",
                  "{'ImageConfig': {'EntryPoint': ['b', 'a'], 'Command': ['c'], 'WorkingDirectory':"
                      + " '/w'}}")
              .then(
                  "imageConfig: {entryPoint: [a, b]}",
                  "{'ImageConfig': {'EntryPoint': ['a', 'b'], 'Command': ['c'], 'WorkingDirectory':"
                      + " '/w'}}")
              .then(
                  "imageConfig: {entryPoint: []}",
                  "{'ImageConfig': {'Command': ['c'], 'WorkingDirectory': '/w'}}"),
          image("imageConfig.command")
              .then("imageConfig: {command: [c]}", null)
              .then(
                  "imageConfig: {command: [x, '']}",
                  "{'ImageConfig': {'EntryPoint': ['e'], 'Command': ['x', ''], 'WorkingDirectory':"
                      + " '/w'}}")
              .then(
                  "imageConfig: {command: []}",
                  "{'ImageConfig': {'EntryPoint': ['e'], 'WorkingDirectory': '/w'}}"),
          image("imageConfig.workingDirectory")
              .then(
                  "imageConfig: {workingDirectory: /app}",
                  "{'ImageConfig': {'EntryPoint': ['e'], 'Command': ['c'], 'WorkingDirectory':"
                      + " '/app'}}")
              .then(
                  "imageConfig: {workingDirectory: ''}",
                  "{'ImageConfig': {'EntryPoint': ['e'], 'Command': ['c']}}")
              .then("imageConfig: {}", "{'ImageConfig': {}}"),
          zip("ephemeralStorage.size", "EphemeralStorage", "")
              .then("ephemeralStorage: {size: 512}", null)
              .then("ephemeralStorage: {size: 1024}", "{'EphemeralStorage': {'Size': 1024}}")
              .then("ephemeralStorage: {size: 10240}", "{'EphemeralStorage': {'Size': 10240}}"),
          zip("snapStart.applyOn", "SnapStart", "\"Runtime\": \"java21\"")
              .then("snapStart: {applyOn: None}", null)
              .then(
                  "snapStart: {applyOn: PublishedVersions}",
                  "{'SnapStart': {'ApplyOn': 'PublishedVersions'}}")
              .then("snapStart: {}", "{'SnapStart': {'ApplyOn': 'None'}}"),
          logging("loggingConfig.logFormat", "{\"LogFormat\": \"Text\", \"LogGroup\": \"/mine\"}")
              .then(
                  "loggingConfig: {logFormat: JSON}",
                  "{'LoggingConfig': {'LogFormat': 'JSON', 'LogGroup': '/mine'}}")
              .then(
                  "loggingConfig: {logFormat: Text}",
                  "{'LoggingConfig': {'LogFormat': 'Text', 'LogGroup': '/mine'}}")
              .then(
                  "loggingConfig: {}",
                  "{'LoggingConfig': {'LogFormat': 'Text', 'LogGroup':"
                      + " '/aws/lambda/loggingconfig-logformat'}}"),
          logging(
                  "loggingConfig.applicationLogLevel",
                  "{\"LogFormat\": \"JSON\", \"SystemLogLevel\": \"WARN\", \"LogGroup\":"
                      + " \"/mine\"}")
              .then("loggingConfig: {applicationLogLevel: INFO}", null)
              .then(
                  "loggingConfig: {applicationLogLevel: FATAL}",
                  "{'LoggingConfig': {'LogFormat': 'JSON', 'ApplicationLogLevel': 'FATAL',"
                      + " 'SystemLogLevel': 'WARN', 'LogGroup': '/mine'}}")
              .then(
                  "loggingConfig: {logFormat: Text}",
                  "{'LoggingConfig': {'LogFormat': 'Text', 'LogGroup': '/mine'}}"),
          logging(
                  "loggingConfig.systemLogLevel",
                  "{\"LogFormat\": \"JSON\", \"ApplicationLogLevel\": \"ERROR\"}")
              .then(
                  "loggingConfig: {systemLogLevel: DEBUG}",
                  "{'LoggingConfig': {'LogFormat': 'JSON', 'ApplicationLogLevel': 'ERROR',"
                      + " 'SystemLogLevel': 'DEBUG', 'LogGroup':"
                      + " '/aws/lambda/loggingconfig-systemloglevel'}}")
              .then(
                  "loggingConfig: {systemLogLevel: INFO}",
                  "{'LoggingConfig': {'LogFormat': 'JSON', 'ApplicationLogLevel': 'ERROR',"
                      + " 'SystemLogLevel': 'INFO', 'LogGroup':"
                      + " '/aws/lambda/loggingconfig-systemloglevel'}}")
              .then("loggingConfig: {}", "{'LoggingConfig': {'LogFormat': 'Text'}}"),
          logging(
                  "loggingConfig.logGroup",
                  "{\"LogFormat\": \"JSON\", \"ApplicationLogLevel\": \"ERROR\"}")
              .then("loggingConfig: {logGroup: /aws/lambda/loggingconfig-loggroup}", null)
              .then(
                  "loggingConfig: {logGroup: /mine}",
                  "{'LoggingConfig': {'LogFormat': 'JSON', 'ApplicationLogLevel': 'ERROR',"
                      + " 'SystemLogLevel': 'INFO', 'LogGroup': '/mine'}}")
              .then(
                  "loggingConfig: {logGroup: ''}",
                  "{'LoggingConfig': {'LogFormat': 'JSON', 'ApplicationLogLevel': 'ERROR',"
                      + " 'SystemLogLevel': 'INFO', 'LogGroup':"
                      + " '/aws/lambda/loggingconfig-loggroup'}}"),
          provider("capacityProviderArn", "cap-arn")
              .then(
                  managed("capacityProviderArn: " + quoted(PROVIDER + "two")),
                  instances(PROVIDER + "two", 10, "2.0"))
              .then(
                  managed("capacityProviderArn: " + quoted(PROVIDER + "three")),
                  instances(PROVIDER + "three", 10, "2.0")),
          provider("perExecutionEnvironmentMaxConcurrency", "cap-concurrency")
              .then(managed("perExecutionEnvironmentMaxConcurrency: 10"), null)
              .then(
                  managed("perExecutionEnvironmentMaxConcurrency: 20"),
                  instances(PROVIDER + "one", 20, "2.0")),
          provider("executionEnvironmentMemoryGiBPerVCpu", "cap-memory")
              .then(managed("executionEnvironmentMemoryGiBPerVCpu: 2"), null)
              .then(
                  managed("executionEnvironmentMemoryGiBPerVCpu: 4.5"),
                  instances(PROVIDER + "one", 10, "4.5"))
              .then(
                  managed("executionEnvironmentMemoryGiBPerVCpu: 8"),
                  instances(PROVIDER + "one", 10, "8.0")),
          zip("durableConfig.executionTimeout", "DurableConfig", DURABLE)
              .then("durableConfig: {executionTimeout: 60}", null)
              .then(
                  "durableConfig: {executionTimeout: 3600}",
                  "{'DurableConfig': {'ExecutionTimeout': 3600, 'RetentionPeriodInDays': 7}}"),
          zip("durableConfig.retentionPeriodInDays", "DurableConfig", DURABLE)
              .then(
                  "durableConfig: {retentionPeriodInDays: 14}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 14}}")
              .then(
                  "durableConfig: {retentionPeriodInDays: 90}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 90}}"),
          zip("durableConfig.kmsKeyArn", "DurableConfig", DURABLE)
              .then(
                  "durableConfig: {kmsKeyArn: " + quoted(KEY + "one") + "}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 7,"
                      + " 'KMSKeyArn': '"
                      + KEY
                      + "one'}}")
              .then(
                  "durableConfig: {kmsKeyArn: " + quoted(KEY + "two") + "}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 7,"
                      + " 'KMSKeyArn': '"
                      + KEY
                      + "two'}}")
              .then(
                  "durableConfig: {kmsKeyArn: ''}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 7,"
                      + " 'KMSKeyArn': ''}}"));

  /**
   * A field.
   *
   * @param member of the answer, that the field is in
   * @param seed members of the function before, as JSON
   */
  record Row(
      String field, String name, boolean image, String member, String seed, List<Step> steps) {

    Row then(String spec, @Nullable String sent) {
      List<Step> more = new ArrayList<>(steps);
      more.add(new Step(spec, sent == null ? null : doubleQuoted(sent)));
      return new Row(field, name, image, member, seed, List.copyOf(more));
    }
  }

  /**
   * A manifest and the request that it must cause.
   *
   * @param spec the line of the spec
   * @param sent the body without RevisionId, or null where nothing may be sent
   */
  record Step(String spec, @Nullable String sent) {}

  private FieldMatrix() {}

  private static Row zip(String field, String member, String seed) {
    return row(field, false, member, seed);
  }

  private static Row row(String field, boolean image, String member, String seed) {
    String name = field.replace('.', '-').toLowerCase(Locale.ROOT);
    return new Row(field, name, image, member, "{" + seed + "}", List.of());
  }

  private static Row image(String field) {
    return row(
        field,
        true,
        "ImageConfigResponse",
        "\"ImageConfig\": {\"EntryPoint\": [\"e\"], \"Command\": [\"c\"], \"WorkingDirectory\":"
            + " \"/w\"}");
  }

  private static Row logging(String field, String seed) {
    return row(field, false, "LoggingConfig", "\"LoggingConfig\": " + seed);
  }

  private static Row provider(String field, String name) {
    Row row =
        row(
            "capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig." + field,
            false,
            "CapacityProviderConfig",
            instances(PROVIDER + "one", 10, "2.0").replace('\'', '"').replaceAll("^.|.$", ""));
    return new Row(row.field(), name, false, row.member(), row.seed(), List.of());
  }

  private static String managed(String field) {
    return "capacityProviderConfig: {lambdaManagedInstancesCapacityProviderConfig: {"
        + field
        + "}}";
  }

  private static String instances(String arn, int concurrency, String memory) {
    return "{'CapacityProviderConfig': {'LambdaManagedInstancesCapacityProviderConfig':"
        + " {'CapacityProviderArn': '%s', 'PerExecutionEnvironmentMaxConcurrency': %d,"
            .formatted(arn, concurrency)
        + " 'ExecutionEnvironmentMemoryGiBPerVCpu': %s}}}".formatted(memory);
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  /** JSON may be written with single quotes here, where no value has one. */
  private static String doubleQuoted(String json) {
    return json.replace('\'', '"');
  }
}
