package dev.lambdaconfig.simulator;

import static dev.lambdaconfig.simulator.Shape.oneOf;
import static dev.lambdaconfig.simulator.Shape.optional;
import static dev.lambdaconfig.simulator.Shape.required;
import static dev.lambdaconfig.simulator.Shape.structure;
import static dev.lambdaconfig.simulator.Shape.text;

import dev.lambdaconfig.simulator.Shape.Decimal;
import dev.lambdaconfig.simulator.Shape.Entries;
import dev.lambdaconfig.simulator.Shape.Flag;
import dev.lambdaconfig.simulator.Shape.Items;
import dev.lambdaconfig.simulator.Shape.Member;
import dev.lambdaconfig.simulator.Shape.Structure;
import dev.lambdaconfig.simulator.Shape.Whole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The members of requests and their constraints: service model 2015-03-31 as of late 2026. */
final class ServiceModel {

  private static final String REGION = "(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}";
  private static final String ANY_ARN_OR_EMPTY = "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()";
  private static final String LAYER_VERSION =
      "(arn:(aws[a-zA-Z-]*)?:lambda:"
          + REGION
          + ":\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)";
  private static final String FILE_SYSTEM =
      "arn:aws[a-zA-Z-]*:elasticfilesystem:"
          + REGION
          + ":\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+"
          + ":file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}";

  private static final List<Member> CONFIGURATION =
      List.of(
          optional(
              "Role",
              text(0, 10000, "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+")),
          optional("Handler", text(0, 128, "[^\\s]+")),
          optional("Description", text(0, 256)),
          // The model says 5400; without a capacity provider AWS refuses above 900.
          optional("Timeout", new Whole(1, 900)),
          optional("MemorySize", new Whole(128, 32768)),
          optional("VpcConfig", vpc()),
          optional(
              "Environment",
              structure(
                  optional(
                      "Variables", new Entries(Pattern.compile("[a-zA-Z]([a-zA-Z0-9_])+"), true)))),
          // An enum in the model, yet AWS answers for it later and with another error.
          optional("Runtime", text(0, Integer.MAX_VALUE)),
          optional(
              "DeadLetterConfig",
              structure(optional("TargetArn", text(0, 10000, ANY_ARN_OR_EMPTY)))),
          optional("KMSKeyArn", text(0, 10000, ANY_ARN_OR_EMPTY)),
          optional("TracingConfig", structure(optional("Mode", oneOf("Active", "PassThrough")))),
          optional("RevisionId", text(0, Integer.MAX_VALUE)),
          optional("Layers", new Items(Integer.MAX_VALUE, text(1, 2048, LAYER_VERSION), true)),
          optional("FileSystemConfigs", new Items(1, fileSystem(), false)),
          optional("ImageConfig", image()),
          // The model says 32768; above 10240 only with an accelerator.
          optional("EphemeralStorage", structure(required("Size", new Whole(512, 10240)))),
          optional("SnapStart", structure(optional("ApplyOn", oneOf("PublishedVersions", "None")))),
          optional("LoggingConfig", logging()),
          optional("CapacityProviderConfig", capacityProvider()),
          optional("DurableConfig", durable()),
          optional(
              "RuntimeConfig",
              structure(
                  required("RuntimeArn", text(48, 2048)), required("RuntimeAlias", text(1, 128)))),
          optional(
              "AcceleratorConfig",
              structure(required("AcceleratorMemorySize", new Whole(0, Integer.MAX_VALUE)))));

  static final Structure UPDATE_CONFIGURATION = new Structure(CONFIGURATION);

  static final Structure CREATE =
      new Structure(
          Stream.concat(
                  CONFIGURATION.stream().map(ServiceModel::mandatoryAtCreate),
                  Stream.of(
                      required("FunctionName", text(0, Integer.MAX_VALUE)),
                      required("Code", code()),
                      optional("PackageType", oneOf("Zip", "Image")),
                      optional("Architectures", architectures()),
                      optional("Publish", new Flag()),
                      optional("PublishTo", oneOf("LATEST_PUBLISHED")),
                      optional("Tags", new Entries(null, false)),
                      optional("CodeSigningConfigArn", text(0, 200)),
                      optional(
                          "TenancyConfig",
                          structure(required("TenantIsolationMode", oneOf("PER_TENANT"))))))
              .toList());

  static final Structure UPDATE_CODE =
      new Structure(
          Stream.concat(
                  code().members().stream(),
                  Stream.of(
                      optional("Architectures", architectures()),
                      optional("Publish", new Flag()),
                      optional("DryRun", new Flag()),
                      optional("RevisionId", text(0, Integer.MAX_VALUE))))
              .toList());

  static final Structure PUBLISH =
      structure(
          optional("CodeSha256", text(0, Integer.MAX_VALUE)),
          optional("Description", text(0, 256)),
          optional("RevisionId", text(0, Integer.MAX_VALUE)));

  private ServiceModel() {}

  private static Member mandatoryAtCreate(Member member) {
    return member.name().equals("Role") ? required("Role", member.shape()) : member;
  }

  private static Items architectures() {
    return new Items(1, oneOf("x86_64", "arm64"), true);
  }

  private static Structure vpc() {
    return structure(
        optional("SubnetIds", new Items(16, text(0, 1024, "subnet-[0-9a-z]*"), false)),
        optional("SecurityGroupIds", new Items(5, text(0, 1024, "sg-[0-9a-zA-Z]*"), false)),
        optional("Ipv6AllowedForDualStack", new Flag()));
  }

  private static Structure fileSystem() {
    return structure(
        required("Arn", text(0, 256, FILE_SYSTEM)),
        required("LocalMountPath", text(0, 160, "/mnt/[a-zA-Z0-9-_.]+")),
        optional(
            "S3FilesConfig",
            structure(optional("DirectS3Read", oneOf("ENABLED", "DISABLED", "AUTO")))));
  }

  private static Structure image() {
    return structure(
        optional("EntryPoint", new Items(1500, text(0, Integer.MAX_VALUE), false)),
        optional("Command", new Items(1500, text(0, Integer.MAX_VALUE), false)),
        optional("WorkingDirectory", text(0, 1000)));
  }

  private static Structure logging() {
    return structure(
        optional("LogFormat", oneOf("JSON", "Text")),
        optional("ApplicationLogLevel", oneOf("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")),
        optional("SystemLogLevel", oneOf("DEBUG", "INFO", "WARN")),
        optional("LogGroup", text(1, 512, "[\\.\\-_/#A-Za-z0-9]+")));
  }

  private static Structure capacityProvider() {
    return structure(
        required(
            "LambdaManagedInstancesCapacityProviderConfig",
            structure(
                required("CapacityProviderArn", text(1, 140)),
                optional("PerExecutionEnvironmentMaxConcurrency", new Whole(1, 1600)),
                optional("ExecutionEnvironmentMemoryGiBPerVCpu", new Decimal(2, 8)))));
  }

  private static Structure durable() {
    return structure(
        optional("KMSKeyArn", text(0, 10000, ANY_ARN_OR_EMPTY)),
        optional("RetentionPeriodInDays", new Whole(1, 90)),
        optional("ExecutionTimeout", new Whole(1, 31622400)));
  }

  private static Structure code() {
    return structure(
        optional("ZipFile", text(0, Integer.MAX_VALUE)),
        optional("S3Bucket", text(3, 63)),
        optional("S3Key", text(1, 1024)),
        optional("S3ObjectVersion", text(1, 1024)),
        optional("S3ObjectStorageMode", text(0, Integer.MAX_VALUE)),
        optional("ImageUri", text(0, Integer.MAX_VALUE)),
        optional("SourceKMSKeyArn", text(0, 10000, ANY_ARN_OR_EMPTY)));
  }
}
