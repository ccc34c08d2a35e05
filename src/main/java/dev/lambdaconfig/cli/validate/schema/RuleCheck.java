package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates the rules of a schema, with the functions that Kubernetes adds to CEL and that the
 * rules use.
 */
final class RuleCheck {

  private static final String SELF = "self";
  private static final String OLD_SELF = "oldSelf";
  private static final String SUM = "sum";

  /** Above what the longest lists and maps that the schema accepts need. */
  private static final int MOST_ITERATIONS = 1_000_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableRegexPartialMatch(true)
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .build();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings())
          .addVar(SELF, SimpleType.DYN)
          .addVar(OLD_SELF, SimpleType.DYN)
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  SUM,
                  CelOverloadDecl.newMemberOverload(
                      "list_sum", SimpleType.INT, ListType.create(SimpleType.DYN))))
          .build();

  private final CelRuntime runtime =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.strings())
          .addFunctionBindings(
              CelFunctionBinding.from("list_sum", Collection.class, RuleCheck::sum))
          .build();

  private final Map<Schema.Rule, CelRuntime.Program> programs = new HashMap<>();

  private static Object sum(Collection<?> numbers) {
    long sum = 0;
    for (Object number : numbers) {
      sum = Math.addExact(sum, ((Number) number).longValue());
    }
    return sum;
  }

  /**
   * The rules that a valid value breaks, whatever it was before. Those that compare with an earlier
   * version hold for a new resource.
   */
  List<FieldError> broken(String path, JsonNode value, Schema schema) {
    List<FieldError> errors = new ArrayList<>();
    check(path, value, schema, errors);
    return errors;
  }

  private void check(String path, JsonNode value, Schema schema, List<FieldError> errors) {
    for (Schema.Rule rule : schema.rules()) {
      if (!rule.isTransition()) {
        evaluate(path, Map.of(SELF, java(value)), schema, rule, errors);
      }
    }
    Schema item = schema.item();
    for (int i = 0; value.isArray() && item != null && i < value.size(); i++) {
      check(path + "[" + i + "]", value.get(i), item, errors);
    }
    value
        .properties()
        .forEach(
            member -> {
              Schema field = schema.fields().get(member.getKey());
              Schema additional = schema.additional();
              if (field != null) {
                check(SchemaCheck.below(path, member.getKey()), member.getValue(), field, errors);
              } else if (additional != null) {
                check(path + "[" + member.getKey() + "]", member.getValue(), additional, errors);
              }
            });
  }

  /**
   * The rules that the change of a valid value breaks.
   *
   * @param old the value before
   */
  List<FieldError> brokenByChange(String path, JsonNode old, JsonNode value, Schema schema) {
    List<FieldError> errors = new ArrayList<>();
    for (Schema.Rule rule : schema.rules()) {
      if (rule.isTransition()) {
        evaluate(path, Map.of(SELF, java(value), OLD_SELF, java(old)), schema, rule, errors);
      }
    }
    // An item of a list has no earlier version: the lists of the schema are atomic or sets.
    schema
        .fields()
        .forEach(
            (name, field) -> {
              if (old.has(name) && value.has(name)) {
                errors.addAll(
                    brokenByChange(
                        SchemaCheck.below(path, name), old.get(name), value.get(name), field));
              }
            });
    return errors;
  }

  private void evaluate(
      String path,
      Map<String, Object> variables,
      Schema schema,
      Schema.Rule rule,
      List<FieldError> errors) {
    String type = SchemaCheck.quoted(schema.type());
    try {
      if (!Boolean.TRUE.equals(program(rule).eval(variables))) {
        boolean hasValue = rule.reason() != FieldError.CauseType.FORBIDDEN;
        String field = path + rule.fieldPath();
        errors.add(
            hasValue
                ? FieldError.of(field, rule.reason(), type, rule.message())
                : FieldError.of(field, rule.reason(), rule.message()));
      }
    } catch (CelEvaluationException e) {
      errors.add(
          FieldError.of(
              path,
              FieldError.CauseType.INVALID,
              type,
              "%s evaluating rule: %s".formatted(e.getErrorCode(), rule.message())));
    }
  }

  private CelRuntime.Program program(Schema.Rule rule) {
    return programs.computeIfAbsent(rule, this::compile);
  }

  private CelRuntime.Program compile(Schema.Rule rule) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(rule.expression()).getAst();
      return runtime.createProgram(tree);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("a rule of the schema: " + rule.expression(), e);
    }
  }

  /** A value in the types that expressions work with; there are no nulls in a valid one. */
  private static Object java(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        value.properties().forEach(each -> map.put(each.getKey(), java(each.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        value.forEach(item -> list.add(java(item)));
        yield list;
      }
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue();
      default -> value.asText();
    };
  }
}
