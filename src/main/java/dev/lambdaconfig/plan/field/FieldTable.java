package dev.lambdaconfig.plan.field;

import static dev.lambdaconfig.plan.field.FieldTableBuilder.block;
import static dev.lambdaconfig.plan.field.FieldTableBuilder.field;
import static dev.lambdaconfig.plan.field.FieldTableBuilder.single;

import dev.lambdaconfig.api.CapacityProviderConfig;
import dev.lambdaconfig.api.DeadLetterConfig;
import dev.lambdaconfig.api.DurableConfig;
import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.api.EphemeralStorage;
import dev.lambdaconfig.api.ImageConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaManagedInstancesCapacityProviderConfig;
import dev.lambdaconfig.api.LoggingConfig;
import dev.lambdaconfig.api.SnapStart;
import dev.lambdaconfig.api.TracingConfig;
import dev.lambdaconfig.api.VpcConfig;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Flag;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field.Clearing;
import dev.lambdaconfig.plan.field.Field.Default;
import dev.lambdaconfig.plan.field.Field.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@code UpdateFunctionConfiguration}, one row each: its place in the spec and in
 * AWS's answer, the comparison of its values, AWS's default (docs/aws.md#defaults), and the request
 * that clears it, which mostly is not an empty object.
 *
 * <p>Members that AWS replaces as a whole, or may replace, are sent as a whole: fields that the
 * spec does not name are taken from the answer that the plan was made from.
 */
public final class FieldTable {

  /** The rows, in the order of the API's request. */
  public static final List<Member> MEMBERS =
      List.of(
          // Role, handler and runtime cannot be cleared (docs/aws.md#mandatory-fields).
          single("Role", "role", LambdaFunctionConfigSpec::role).build(),
          single("Handler", "handler", LambdaFunctionConfigSpec::handler).build(),
          single("Description", "description", LambdaFunctionConfigSpec::description)
              .defaultValue(Value.text(""))
              // The empty text clears it (docs/aws.md#clear-description).
              .cleared(Value.text(""))
              .build(),
          single("Timeout", "timeout", LambdaFunctionConfigSpec::timeout)
              .defaultValue(Value.number(3))
              .build(),
          single("MemorySize", "memorySize", LambdaFunctionConfigSpec::memorySize)
              .defaultValue(Value.number(128))
              .build(),
          block("VpcConfig", "vpcConfig", LambdaFunctionConfigSpec::vpcConfig)
              .with(
                  field("subnetIds", "SubnetIds", VpcConfig::subnetIds)
                      .shape(Shape.UNORDERED)
                      .clearing(Clearing.SENT_EMPTY))
              .with(
                  field("securityGroupIds", "SecurityGroupIds", VpcConfig::securityGroupIds)
                      .shape(Shape.UNORDERED)
                      .clearing(Clearing.SENT_EMPTY))
              .with(
                  field(
                          "ipv6AllowedForDualStack",
                          "Ipv6AllowedForDualStack",
                          VpcConfig::ipv6AllowedForDualStack)
                      .defaultValue(Default.at(new Flag(false)))
                      .clearing(Clearing.SENT_DEFAULT))
              // Two empty lists leave the VPC (docs/aws.md#clear-vpc).
              .cleared(CrossFieldRules.OUTSIDE_A_VPC)
              .finish(CrossFieldRules::vpc)
              .build(),
          block("Environment", "environment", LambdaFunctionConfigSpec::environment)
              .merging(spec -> spec.environment() != null && spec.environment().merges())
              .with(
                  field("variables", "Variables", Environment::declared)
                      // AWS replaces the map as a whole (docs/aws.md#environment-replaced).
                      .shape(Shape.VARIABLES)
                      .defaultValue(Default.at(Value.Structure.EMPTY))
                      .clearing(Clearing.SENT_EMPTY))
              // {} keeps the variables: only an empty map removes them
              // (docs/aws.md#clear-environment).
              .cleared(Structure.of(Map.of("Variables", Value.Structure.EMPTY)))
              .unreadable("Environment", "Error")
              .build(),
          single("Runtime", "runtime", LambdaFunctionConfigSpec::runtime).build(),
          block("DeadLetterConfig", "deadLetterConfig", LambdaFunctionConfigSpec::deadLetterConfig)
              .with(
                  field("targetArn", "TargetArn", DeadLetterConfig::targetArn)
                      .clearing(Clearing.SENT_EMPTY))
              // {} keeps the target: only the empty ARN removes it (docs/aws.md#clear-dead-letter).
              .cleared(Structure.of(Map.of("TargetArn", Value.text(""))))
              .build(),
          single("KMSKeyArn", "kmsKeyArn", LambdaFunctionConfigSpec::kmsKeyArn)
              // The empty text resets to the AWS managed key (docs/aws.md#clear-kms-key).
              .cleared(Value.text(""))
              .build(),
          block("TracingConfig", "tracingConfig", LambdaFunctionConfigSpec::tracingConfig)
              .with(
                  field("mode", "Mode", TracingConfig::mode)
                      .defaultValue(Default.at(Value.text("PassThrough"))))
              // PassThrough disables tracing (docs/aws.md#clear-tracing).
              .cleared(Structure.of(Map.of("Mode", Value.text("PassThrough"))))
              .build(),
          single("Layers", "layers", LambdaFunctionConfigSpec::layers)
              .shape(Shape.LAYERS)
              .merging(spec -> "Merge".equals(spec.layersPolicy()))
              .observed(CrossFieldRules::layerArns)
              // The empty list removes all layers (docs/aws.md#layers).
              .cleared(Value.Items.EMPTY)
              .build(),
          single(
                  "FileSystemConfigs",
                  "fileSystemConfigs",
                  spec -> Mounts.of(spec.fileSystemConfigs()))
              .shape(Shape.MOUNTS)
              // The empty list removes the file system (docs/aws.md#file-systems).
              .cleared(Value.Items.EMPTY)
              .build(),
          block("ImageConfig", "imageConfig", LambdaFunctionConfigSpec::imageConfig)
              .with(
                  field("entryPoint", "EntryPoint", ImageConfig::entryPoint)
                      .clearing(Clearing.OMITTED))
              .with(field("command", "Command", ImageConfig::command).clearing(Clearing.OMITTED))
              .with(
                  field("workingDirectory", "WorkingDirectory", ImageConfig::workingDirectory)
                      .clearing(Clearing.OMITTED))
              // {} clears all parts, unlike with other members (docs/aws.md#image-config).
              .cleared(Value.Structure.EMPTY)
              .observed(configuration -> configuration.at("ImageConfigResponse", "ImageConfig"))
              .unreadable("ImageConfigResponse", "Error")
              .build(),
          block("EphemeralStorage", "ephemeralStorage", LambdaFunctionConfigSpec::ephemeralStorage)
              .with(
                  field("size", "Size", EphemeralStorage::size)
                      .defaultValue(Default.at(Value.number(512))))
              .build(),
          block("SnapStart", "snapStart", LambdaFunctionConfigSpec::snapStart)
              .with(
                  field("applyOn", "ApplyOn", SnapStart::applyOn)
                      .defaultValue(Default.at(Value.text("None"))))
              // None disables SnapStart (docs/aws.md#snap-start).
              .cleared(Structure.of(Map.of("ApplyOn", Value.text("None"))))
              .build(),
          block("LoggingConfig", "loggingConfig", LambdaFunctionConfigSpec::loggingConfig)
              .with(
                  field("logFormat", "LogFormat", LoggingConfig::logFormat)
                      .defaultValue(Default.at(Value.text("Text"))))
              .with(
                  field(
                          "applicationLogLevel",
                          "ApplicationLogLevel",
                          LoggingConfig::applicationLogLevel)
                      .defaultValue(CrossFieldRules.LEVEL))
              .with(
                  field("systemLogLevel", "SystemLogLevel", LoggingConfig::systemLogLevel)
                      .defaultValue(CrossFieldRules.LEVEL))
              .with(
                  field("logGroup", "LogGroup", LoggingConfig::logGroup)
                      .defaultValue(CrossFieldRules.LOG_GROUP)
                      .clearing(Clearing.SENT_DEFAULT))
              .cleared(CrossFieldRules::defaultLogging)
              .finish(CrossFieldRules::logging)
              .build(),
          // A capacity provider can be changed, but not removed (docs/aws.md#capacity-provider).
          block("CapacityProviderConfig", "capacityProviderConfig", FieldTable::capacityProvider)
              .inside("LambdaManagedInstancesCapacityProviderConfig")
              .with(
                  field(
                      "lambdaManagedInstancesCapacityProviderConfig.capacityProviderArn",
                      "CapacityProviderArn",
                      LambdaManagedInstancesCapacityProviderConfig::capacityProviderArn))
              .with(
                  field(
                      "lambdaManagedInstancesCapacityProviderConfig"
                          + ".perExecutionEnvironmentMaxConcurrency",
                      "PerExecutionEnvironmentMaxConcurrency",
                      LambdaManagedInstancesCapacityProviderConfig
                          ::perExecutionEnvironmentMaxConcurrency))
              .with(
                  field(
                      "lambdaManagedInstancesCapacityProviderConfig"
                          + ".executionEnvironmentMemoryGiBPerVCpu",
                      "ExecutionEnvironmentMemoryGiBPerVCpu",
                      LambdaManagedInstancesCapacityProviderConfig
                          ::executionEnvironmentMemoryGiBPerVCpu))
              .build(),
          // A durable configuration can be changed, but not removed (docs/aws.md#durable-config).
          block("DurableConfig", "durableConfig", LambdaFunctionConfigSpec::durableConfig)
              .with(field("executionTimeout", "ExecutionTimeout", DurableConfig::executionTimeout))
              .with(
                  field(
                      "retentionPeriodInDays",
                      "RetentionPeriodInDays",
                      DurableConfig::retentionPeriodInDays))
              .with(
                  field("kmsKeyArn", "KMSKeyArn", DurableConfig::kmsKeyArn)
                      .clearing(Clearing.SENT_EMPTY))
              .build());

  private FieldTable() {}

  private static @Nullable LambdaManagedInstancesCapacityProviderConfig capacityProvider(
      LambdaFunctionConfigSpec spec) {
    CapacityProviderConfig config = spec.capacityProviderConfig();
    if (config == null) {
      return null;
    }
    LambdaManagedInstancesCapacityProviderConfig inner =
        config.lambdaManagedInstancesCapacityProviderConfig();
    return inner == null
        ? new LambdaManagedInstancesCapacityProviderConfig(null, null, null)
        : inner;
  }

  /** The contradictions between settings, each with what to write instead. */
  public static List<String> contradictions(Map<Field, Setting> settings) {
    return CrossFieldRules.contradictions(settings);
  }

  /** The paths of all fields, in the order of the table. */
  public static List<String> paths() {
    return MEMBERS.stream().flatMap(member -> member.fields().stream()).map(Field::path).toList();
  }
}
