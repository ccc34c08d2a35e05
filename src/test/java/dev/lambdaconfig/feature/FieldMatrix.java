package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.FieldRow.image;
import static dev.lambdaconfig.feature.FieldRow.logging;
import static dev.lambdaconfig.feature.FieldRow.quoted;
import static dev.lambdaconfig.feature.FieldRow.zip;

import java.util.List;
import java.util.stream.Stream;

/** The changes that a manifest can make to each field, and the exact requests that must follow. */
final class FieldMatrix {

  /** Maximum number of steps of a row. */
  static final int STEPS = 3;

  private static final String IN_A_VPC =
      "\"VpcConfig\": {\"SubnetIds\": [\"subnet-1\"], \"SecurityGroupIds\": [\"sg-1\", \"sg-2\"]}";

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

  private static final List<FieldRow> SETTINGS =
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
                      + " '/aws/lambda/loggingconfig-loggroup'}}"));

  /** All fields, in the order of the field table. */
  static final List<FieldRow> ROWS =
      Stream.concat(SETTINGS.stream(), ComputeFieldRows.ROWS.stream()).toList();

  private FieldMatrix() {}
}
