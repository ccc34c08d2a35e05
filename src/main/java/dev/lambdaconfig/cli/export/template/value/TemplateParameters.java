package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.text.Spelling;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The known parameters of a template.
 *
 * @param given the values that are given, by name
 * @param region the Region, or null
 * @param account the account, or null
 */
public record TemplateParameters(
    Map<String, String> given, @Nullable StackRegion region, @Nullable String account) {

  /**
   * The Region of a stack.
   *
   * @param id such as {@code eu-west-1}
   * @param partition the partition in its ARNs, such as {@code aws}
   * @param urlSuffix the end of its endpoints, such as {@code amazonaws.com}
   */
  public record StackRegion(String id, String partition, String urlSuffix) {}

  /** The pseudo parameters that are known by no other option. */
  private static final Set<String> OF_A_STACK = Set.of("AWS::StackName", "AWS::StackId");

  private static final int LONGEST_NAME = 100;

  /** Creates it with a copy of the values. */
  public TemplateParameters {
    given = Map.copyOf(given);
  }

  /**
   * The values by the names of {@code Ref}: those that are given, then the defaults, and the pseudo
   * parameters that are known. A parameter that is not shown ({@code NoEcho}) has no value here
   * unless it is given, and one that names a parameter of Systems Manager has none.
   *
   * @param declared the section {@code Parameters}
   * @throws TemplateException with all values that CloudFormation would refuse
   */
  TemplateNames names(Structure declared) throws TemplateException {
    List<String> problems = problems(declared);
    if (!problems.isEmpty()) {
      throw new TemplateException(String.join("\n", problems));
    }
    Map<String, Value> values = new HashMap<>();
    Set<String> open = new HashSet<>(OF_A_STACK);
    declared
        .members()
        .forEach(
            (name, parameter) -> {
              if (parameter instanceof Structure declaration) {
                Value value = value(given.get(name), declaration);
                if (value != null) {
                  values.put(name, value);
                } else if (!isStored(declaration) && !given.containsKey(name)) {
                  open.add(name);
                }
              }
            });
    OF_A_STACK.forEach(
        name -> {
          if (given.containsKey(name)) {
            values.put(name, Value.text(given.get(name)));
          }
        });
    if (region != null) {
      values.put("AWS::Region", Value.text(region.id()));
      values.put("AWS::Partition", Value.text(region.partition()));
      values.put("AWS::URLSuffix", Value.text(region.urlSuffix()));
    }
    if (account != null) {
      values.put("AWS::AccountId", Value.text(account));
    }
    return new TemplateNames(values, open);
  }

  private List<String> problems(Structure declared) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(given)
        .forEach(
            (name, value) -> {
              if (declared.at(name) instanceof Structure declaration) {
                String problem = ParameterRules.problem(declaration, value);
                if (problem != null) {
                  problems.add("--parameter %s: the value %s".formatted(name, problem));
                }
              } else if (!OF_A_STACK.contains(name)) {
                problems.add(unknown(name, declared.members().keySet()));
              }
            });
    return problems;
  }

  private static String unknown(String name, Set<String> declared) {
    String shown = WholeText.shortened(name, LONGEST_NAME);
    String option = TemplateNames.option(name);
    String instead =
        option == null
            ? Spelling.nearest(shown, declared, Math.max(2, shown.length() / 3))
                .map(other -> "did you mean " + other + "?")
                .orElse(
                    declared.isEmpty()
                        ? "it declares none"
                        : "it declares " + String.join(", ", declared))
            : "use " + option;
    return "--parameter %s: the template declares no such parameter: %s".formatted(shown, instead);
  }

  private static @Nullable Value value(@Nullable String given, Structure declaration) {
    Value byDefault = declaration.at("Default");
    Value hidden = declaration.at("NoEcho");
    String text = given;
    if (isStored(declaration)) {
      return null;
    }
    if (text == null) {
      if (byDefault == null
          || TemplateValues.hasUnknown(byDefault)
          || (hidden != null && !hidden.toString().equalsIgnoreCase("false"))) {
        return null;
      }
      text = byDefault.toString();
    }
    if (TemplateValues.isDynamic(text)) {
      return null;
    }
    return ParameterRules.isList(declaration)
        ? Value.texts(ParameterRules.items(text))
        : Value.text(text);
  }

  /**
   * Whether the value of a parameter is the name of one in Systems Manager, which has the value.
   */
  private static boolean isStored(Structure declaration) {
    return ParameterRules.type(declaration).startsWith("AWS::SSM::Parameter::Value");
  }
}
