package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Flag;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field.Default;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** AWS's rules for fields that depend on each other, for the rows of the table. */
final class CrossFieldRules {

  /**
   * The member that leaves the VPC, which equals that of a function that was never in one
   * (docs/aws.md#clear-vpc).
   */
  static final Structure OUTSIDE_A_VPC =
      Structure.of(
          Map.of(
              "SubnetIds", Value.Items.EMPTY,
              "SecurityGroupIds", Value.Items.EMPTY,
              "Ipv6AllowedForDualStack", new Flag(false)));

  /**
   * The default of a log level: AWS sets INFO with JSON, and has no levels with Text
   * (docs/aws.md#logging-levels).
   */
  static final Default LEVEL =
      (functionName, logging) ->
          logging instanceof Structure structure
                  && Value.text("JSON").equals(structure.at("LogFormat"))
              ? Value.text("INFO")
              : null;

  /** The default log group of a function (docs/aws.md#logging-replaced). */
  static final Default LOG_GROUP =
      (functionName, logging) -> Value.text("/aws/lambda/" + functionName);

  private CrossFieldRules() {}

  /**
   * Leaves the VPC where a spec clears subnets or security groups, because AWS takes both or none
   * (docs/aws.md#vpc-both-lists). A list that is empty in the answer only is sent as it is: AWS's
   * own message says best what is missing.
   */
  static @Nullable Value vpc(Set<Field> named, Map<Field, Value> values) {
    boolean leaves =
        values.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getKey().shape() == Field.Shape.UNORDERED
                        && named.contains(entry.getKey())
                        && entry.getValue().isEmpty());
    return leaves ? OUTSIDE_A_VPC : null;
  }

  /** The contradictions between settings of one member, which no request could satisfy. */
  static List<String> contradictions(Map<Field, Setting> settings) {
    Map<String, Setting> byPath = new LinkedHashMap<>();
    settings.forEach((field, setting) -> byPath.put(field.path(), setting));
    Setting subnets = byPath.get("vpcConfig.subnetIds");
    Setting groups = byPath.get("vpcConfig.securityGroupIds");
    Setting ipv6 = byPath.get("vpcConfig.ipv6AllowedForDualStack");
    boolean leaves = Setting.CLEARED.equals(subnets) || Setting.CLEARED.equals(groups);
    List<String> problems = new ArrayList<>();
    if (leaves && (subnets instanceof Setting.Managed || groups instanceof Setting.Managed)) {
      problems.add(
          "vpcConfig.subnetIds and vpcConfig.securityGroupIds must both be empty, to leave the"
              + " VPC, or both have entries");
    }
    if (leaves
        && ipv6 instanceof Setting.Managed managed
        && managed.value().equals(new Flag(true))) {
      problems.add("vpcConfig.ipv6AllowedForDualStack: true needs subnets: set it to false");
    }
    boolean levels =
        byPath.containsKey("loggingConfig.applicationLogLevel")
            || byPath.containsKey("loggingConfig.systemLogLevel");
    if (levels
        && byPath.get("loggingConfig.logFormat") instanceof Setting.Managed format
        && format.value().equals(Value.text("Text"))) {
      problems.add(
          "loggingConfig: log levels need logFormat: JSON: remove applicationLogLevel and"
              + " systemLogLevel, or set logFormat: JSON");
    }
    return problems;
  }

  /**
   * Removes the function's own log levels from a request with Text, because AWS refuses them
   * (docs/aws.md#logging-levels). Those that the spec names are sent: a refusal says more than an
   * update without effect.
   */
  static @Nullable Value logging(Set<Field> named, Map<Field, Value> values) {
    boolean text =
        values.entrySet().stream()
            .anyMatch(
                entry ->
                    entry.getKey().at().equals(List.of("LogFormat"))
                        && entry.getValue().equals(Value.text("Text")));
    if (text) {
      values.keySet().removeIf(field -> field.defaultValue() == LEVEL && !named.contains(field));
    }
    return null;
  }

  /**
   * The request that resets logging. AWS resets absent members by itself
   * (docs/aws.md#logging-replaced); the group is sent where there is another one, for endpoints
   * that keep absent members.
   */
  static Value defaultLogging(ObservedFunction function) {
    Value text = Value.text("Text");
    Value group = function.configuration().at("LoggingConfig", "LogGroup");
    Value standard = LOG_GROUP.of(Objects.requireNonNullElse(function.name(), ""), null);
    return group == null || group.equals(standard) || standard == null
        ? Structure.of(Map.of("LogFormat", text))
        : Structure.of(Map.of("LogFormat", text, "LogGroup", standard));
  }

  /**
   * The ARNs of an answer's layers: requests have ARNs, answers have structures
   * (docs/aws.md#layers).
   */
  static @Nullable Value layerArns(Structure configuration) {
    return configuration.at("Layers") instanceof Items layers
        ? new Items(layers.items().stream().flatMap(CrossFieldRules::arn).toList())
        : null;
  }

  private static Stream<Value> arn(Value layer) {
    return layer instanceof Structure structure
        ? Stream.ofNullable(structure.at("Arn"))
        : Stream.of(layer);
  }
}
