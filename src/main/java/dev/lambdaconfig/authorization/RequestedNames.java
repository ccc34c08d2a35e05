package dev.lambdaconfig.authorization;

import dev.lambdaconfig.api.DurableConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.VpcConfig;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything of AWS that a spec or a restore names. What it clears, it does not name. */
record RequestedNames(
    FunctionName function,
    List<String> roles,
    List<String> kmsKeys,
    List<String> layers,
    List<String> subnets,
    List<String> securityGroups) {

  /**
   * A function.
   *
   * @param name its bare name
   * @param account the account that the manifest names, or null
   */
  record FunctionName(String name, String region, @Nullable String account) {

    static FunctionName of(Target target) {
      FunctionReference reference = FunctionReference.parse(target.functionName());
      return new FunctionName(reference.name(), target.region(), reference.account());
    }
  }

  /** The names in values that a restore sets, by path: each text counts, in any form. */
  static RequestedNames of(Map<String, Value> fields, Target target) {
    return new RequestedNames(
        FunctionName.of(target),
        named(fields, "role"),
        named(fields, "kmsKeyArn", "durableConfig.kmsKeyArn"),
        named(fields, "layers"),
        named(fields, "vpcConfig.subnetIds"),
        named(fields, "vpcConfig.securityGroupIds"));
  }

  private static List<String> named(Map<String, Value> fields, String... paths) {
    return named(
        Stream.of(paths)
            .flatMap(path -> Stream.ofNullable(fields.get(path)))
            .flatMap(RequestedNames::texts));
  }

  private static Stream<String> texts(Value value) {
    return switch (value) {
      case Value.Items items -> items.items().stream().flatMap(RequestedNames::texts);
      case Value.Structure structure ->
          structure.members().values().stream().flatMap(RequestedNames::texts);
      case Value.Text text -> Stream.of(text.text());
      case Value.Numeral numeral -> Stream.of(numeral.toString());
      case Value.Flag flag -> Stream.of(flag.toString());
      // A variable names nothing, of whatever field a status says so; and refusals are printed.
      case Value.Secret secret -> Stream.empty();
    };
  }

  static RequestedNames of(LambdaFunctionConfigSpec spec, Target target) {
    VpcConfig vpc = spec.vpcConfig();
    DurableConfig durable = spec.durableConfig();
    return new RequestedNames(
        FunctionName.of(target),
        named(Stream.ofNullable(spec.role())),
        named(
            Stream.concat(
                Stream.ofNullable(spec.kmsKeyArn()),
                Stream.ofNullable(durable == null ? null : durable.kmsKeyArn()))),
        named(Stream.ofNullable(spec.layers()).flatMap(List::stream)),
        named(Stream.ofNullable(vpc == null ? null : vpc.subnetIds()).flatMap(List::stream)),
        named(
            Stream.ofNullable(vpc == null ? null : vpc.securityGroupIds()).flatMap(List::stream)));
  }

  private static List<String> named(Stream<String> names) {
    return names.filter(Objects::nonNull).filter(name -> !name.isEmpty()).toList();
  }
}
