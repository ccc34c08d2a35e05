package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the parameters of a template.
 *
 * @param given the values that are given, by name
 * @param region the Region, or null
 * @param account the account, or null
 */
public record TemplateParameters(
    Map<String, String> given, @Nullable String region, @Nullable String account) {

  /** Creates it with a copy of the values. */
  public TemplateParameters {
    given = Map.copyOf(given);
  }

  /**
   * The values by the names of {@code Ref}: those that are given, then the defaults, and the pseudo
   * parameters that are known. A parameter that is not shown ({@code NoEcho}) has no value here.
   *
   * @param declared the section {@code Parameters}
   */
  Map<String, Value> values(@Nullable Value declared) {
    Map<String, Value> values = new HashMap<>();
    if (declared instanceof Structure parameters) {
      parameters
          .members()
          .forEach(
              (name, parameter) -> {
                if (parameter instanceof Structure declaration) {
                  Value value = value(name, declaration);
                  if (value != null) {
                    values.put(name, value);
                  }
                }
              });
    }
    if (region != null) {
      values.put("AWS::Region", Value.text(region));
      values.put("AWS::Partition", Value.text(partition(region)));
    }
    if (account != null) {
      values.put("AWS::AccountId", Value.text(account));
    }
    return values;
  }

  private @Nullable Value value(String name, Structure declaration) {
    Value type = declaration.at("Type");
    String kind = type == null ? "String" : type.toString();
    String text = given.get(name);
    if (text == null) {
      Value shown = declaration.at("NoEcho");
      Value byDefault = declaration.at("Default");
      boolean hidden = shown != null && shown.toString().equalsIgnoreCase("true");
      if (byDefault == null || hidden || kind.startsWith("AWS::SSM::")) {
        return null;
      }
      text = byDefault.toString();
    }
    List<String> items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    return kind.contains("List") ? Value.texts(items) : Value.text(text);
  }

  private static String partition(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
