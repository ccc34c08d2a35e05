package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Flag;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Numeral;
import dev.lambdaconfig.model.Value.Secret;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.model.Value.Text;
import dev.lambdaconfig.plan.PlainValues;
import dev.lambdaconfig.text.WholeText;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as texts and as the plain objects of JSON. Of a secret only that it is there. */
final class ValueText {

  static final String WITHHELD = "(withheld)";

  private static final String NOTHING = "(none)";

  private ValueText() {}

  /** A value on one line, as JSON writes it, at most about as long as that. */
  static String of(@Nullable Value value, int longest) {
    return value == null
        ? NOTHING
        : SafeText.of(WholeText.shortened(json(value, longest), longest));
  }

  private static String json(Value value, int longest) {
    return switch (value) {
      case Text text -> quoted(WholeText.shortened(text.text(), longest));
      case Secret secret -> quoted(WITHHELD);
      case Flag flag -> flag.toString();
      case Numeral numeral -> numeral.toString();
      case Items items ->
          items.items().stream()
              .map(item -> json(item, longest))
              .collect(Collectors.joining(", ", "[", "]"));
      case Structure structure ->
          structure.members().entrySet().stream()
              .map(member -> quoted(member.getKey()) + ": " + json(member.getValue(), longest))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A value as the objects that JSON is written from; null for null. */
  static @Nullable Object plain(@Nullable Value value) {
    return value == null ? null : PlainValues.plain(withoutSecrets(value));
  }

  private static Value withoutSecrets(Value value) {
    return switch (value) {
      case Secret secret -> Value.text(WITHHELD);
      case Items items -> new Items(items.items().stream().map(ValueText::withoutSecrets).toList());
      case Structure structure -> structure.mapped(ValueText::withoutSecrets);
      case Text text -> text;
      case Flag flag -> flag;
      case Numeral numeral -> numeral;
    };
  }
}
