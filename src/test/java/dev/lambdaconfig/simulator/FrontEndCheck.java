package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.Shape.Decimal;
import dev.lambdaconfig.simulator.Shape.Entries;
import dev.lambdaconfig.simulator.Shape.Flag;
import dev.lambdaconfig.simulator.Shape.Items;
import dev.lambdaconfig.simulator.Shape.Member;
import dev.lambdaconfig.simulator.Shape.Structure;
import dev.lambdaconfig.simulator.Shape.Text;
import dev.lambdaconfig.simulator.Shape.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks a request body against the service model, and reports violations in AWS's words.
 *
 * <p>Members that the model does not know are ignored, as AWS ignores them; they are kept aside so
 * that a test can see them.
 */
final class FrontEndCheck {

  private static final Pattern FIRST_LETTER = Pattern.compile("(?<=^|\\.)[A-Z]");

  private final List<String> violations = new ArrayList<>();
  private final List<String> unknownMembers = new ArrayList<>();

  List<String> violations() {
    return violations;
  }

  List<String> unknownMembers() {
    return unknownMembers;
  }

  FrontEndCheck body(Structure structure, JsonNode body) {
    structure(structure, body, "");
    return this;
  }

  private void structure(Structure structure, JsonNode value, String path) {
    if (!value.isObject()) {
      throw ApiError.unreadable("Unexpected field type");
    }
    for (Member member : structure.members()) {
      JsonNode found = value.get(member.name());
      String at = path.isEmpty() ? member.name() : path + "." + member.name();
      if (Json.given(found)) {
        member(member.shape(), found, at);
      } else if (member.required()) {
        violations.add(
            "Value null at '"
                + lowered(at)
                + "' failed to satisfy constraint: Member must not be null");
      }
    }
    value
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (structure.members().stream().noneMatch(member -> member.name().equals(name))) {
                unknownMembers.add(path.isEmpty() ? name : path + "." + name);
              }
            });
  }

  private void member(Shape shape, JsonNode value, String at) {
    switch (shape) {
      case Text text -> {
        requireType(value.isTextual(), value, "a String");
        constraintsOf(text).stream()
            .filter(constraint -> !constraint.holds(value.asText()))
            .forEach(constraint -> violation("'" + value.asText() + "'", at, constraint.words()));
      }
      case Whole whole -> {
        requireType(value.isIntegralNumber(), value, "an Integer");
        range(value, at, whole.min(), whole.max(), whole.min() + "", whole.max() + "");
      }
      case Decimal decimal -> {
        requireType(value.isNumber(), value, "a Double");
        range(value, at, decimal.min(), decimal.max(), decimal.min() + "", decimal.max() + "");
      }
      case Flag flag -> requireType(value.isBoolean(), value, "a Boolean");
      case Items items -> items(items, value, at);
      case Entries entries -> entries(entries, value, at);
      case Structure structure -> structure(structure, value, at);
    }
  }

  private void items(Items items, JsonNode value, String at) {
    requireType(value.isArray(), value, "a List");
    if (value.size() > items.max()) {
      violation(printed(value), at, "Member must have length less than or equal to " + items.max());
    }
    if (items.item() instanceof Text text) {
      List<Constraint> constraints = constraintsOf(text);
      for (JsonNode item : value) {
        requireType(item.isTextual(), item, "a String");
      }
      boolean broken =
          Json.texts(value).stream()
              .anyMatch(item -> constraints.stream().anyMatch(each -> !each.holds(item)));
      if (broken) {
        List<String> all = new ArrayList<>(constraints.stream().map(Constraint::words).toList());
        if (items.notNull()) {
          all.add("Member must not be null");
        }
        violation(
            printed(value), at, "Member must satisfy constraint: [" + String.join(", ", all) + "]");
      }
      return;
    }
    for (int index = 0; index < value.size(); index++) {
      member(items.item(), value.get(index), at + "." + (index + 1) + ".member");
    }
  }

  private void entries(Entries entries, JsonNode value, String at) {
    requireType(value.isObject(), value, "a Map");
    value.forEach(each -> requireType(each.isTextual(), each, "a String"));
    Pattern key = entries.key();
    if (key == null) {
      return;
    }
    boolean broken =
        value.properties().stream().anyMatch(entry -> !key.matcher(entry.getKey()).matches());
    if (broken) {
      // The value is left out for what the model calls sensitive.
      violations.add(
          "Value at '"
              + lowered(at)
              + "' failed to satisfy constraint: Map keys must satisfy constraint: ["
              + "Member must satisfy regular expression pattern: "
              + key.pattern()
              + "]");
    }
  }

  private void range(
      JsonNode value, String at, double min, double max, String minText, String maxText) {
    if (value.asDouble() > max) {
      violation(
          "'" + value.asText() + "'",
          at,
          "Member must have value less than or equal to " + maxText);
    } else if (value.asDouble() < min) {
      violation(
          "'" + value.asText() + "'",
          at,
          "Member must have value greater than or equal to " + minText);
    }
  }

  private record Constraint(String words, Predicate<String> rule) {
    boolean holds(String value) {
      return rule.test(value);
    }
  }

  /** The constraints in the order in which AWS lists them. */
  private static List<Constraint> constraintsOf(Text text) {
    List<Constraint> constraints = new ArrayList<>();
    if (!text.oneOf().isEmpty()) {
      constraints.add(
          new Constraint(
              "Member must satisfy enum value set: [" + String.join(", ", text.oneOf()) + "]",
              value -> text.oneOf().contains(value)));
    }
    if (text.max() < Integer.MAX_VALUE) {
      constraints.add(
          new Constraint(
              "Member must have length less than or equal to " + text.max(),
              value -> value.length() <= text.max()));
      constraints.add(
          new Constraint(
              "Member must have length greater than or equal to " + text.min(),
              value -> value.length() >= text.min()));
    }
    Pattern pattern = text.pattern();
    if (pattern != null) {
      constraints.add(
          new Constraint(
              "Member must satisfy regular expression pattern: " + pattern.pattern(),
              value -> pattern.matcher(value).matches()));
    }
    return constraints;
  }

  private void violation(String value, String at, String constraint) {
    violations.add(
        "Value " + value + " at '" + lowered(at) + "' failed to satisfy constraint: " + constraint);
  }

  private static void requireType(boolean right, JsonNode value, String wanted) {
    if (right) {
      return;
    }
    throw ApiError.unreadable(
        switch (value.getNodeType()) {
          case STRING -> "STRING_VALUE can not be converted to " + wanted;
          case NUMBER -> "NUMBER_VALUE can not be converted to " + wanted;
          case BOOLEAN ->
              value.asText().toUpperCase(Locale.ROOT) + "_VALUE can not be converted to " + wanted;
          case OBJECT, ARRAY -> "Start of structure or map found where not expected.";
          default -> "Unexpected field type";
        });
  }

  private static String printed(JsonNode list) {
    return Json.texts(list).stream().collect(Collectors.joining(", ", "'[", "]'"));
  }

  /** Lowers only the first letter of each name: AWS writes kMSKeyArn. */
  private static String lowered(String path) {
    return FIRST_LETTER.matcher(path).replaceAll(letter -> letter.group().toLowerCase(Locale.ROOT));
  }
}
