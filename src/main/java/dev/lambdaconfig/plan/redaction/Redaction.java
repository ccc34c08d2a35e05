package dev.lambdaconfig.plan.redaction;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Desired;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes environment values from AWS's messages, some of which repeat the whole environment
 * (docs/aws.md#environment-echo).
 *
 * <p>A message that repeats a value, or eight letters in a row of one, is withheld as a whole,
 * because the rest of it could still reveal the value. It is compared without escapes and
 * regardless of case, and letters that are public anyway do not count ({@link PublicText}).
 */
public final class Redaction {

  /** The replacement of a message that repeats a value. */
  public static final String WITHHELD =
      "AWS's message is withheld because it repeats a value of the function's environment";

  /** The replacement of a message on an update whose values are no longer known. */
  public static final String WITHHELD_UNKNOWN =
      "AWS's message is withheld because it may repeat an environment value that an update for an"
          + " earlier spec has sent";

  private static final int LONGEST = 4096;

  /** The members with the function's names and those of what it uses. */
  private static final List<String> PUBLIC_MEMBERS =
      List.of("FunctionName", "FunctionArn", "Role", "Runtime", "Handler", "KMSKeyArn", "Layers");

  private final List<Variable> desired;
  private final List<Variable> live;
  private final Set<String> declared;
  private final Set<String> facts;
  private final boolean withholdsReasons;

  private record Variable(String name, String value) {
    /** Names the variable only: the value is a secret. */
    @Override
    public String toString() {
      return "Variable[" + name + "]";
    }
  }

  private Redaction(
      List<Variable> desired,
      List<Variable> live,
      Set<String> declared,
      Set<String> facts,
      boolean withholdsReasons) {
    this.desired = desired;
    this.live = live;
    this.declared = declared;
    this.facts = facts;
    this.withholdsReasons = withholdsReasons;
  }

  /** Creates a redaction of the values in a spec and in a function. */
  public static Redaction of(@Nullable Desired desired, @Nullable ObservedFunction function) {
    return of(desired, function, PublicNames.NONE);
  }

  /**
   * Creates a redaction of the values in a spec and in a function.
   *
   * @param names the names of the function, which are no secrets
   */
  public static Redaction of(
      @Nullable Desired desired, @Nullable ObservedFunction function, PublicNames names) {
    List<Variable> wanted = new ArrayList<>();
    List<Variable> live = new ArrayList<>();
    Set<String> declared = new TreeSet<>();
    Set<String> facts = new TreeSet<>(names.texts());
    if (desired != null) {
      // Who writes a spec need not know what is in the Secrets that it refers to: guesses in the
      // other texts of the spec confirm nothing about those.
      desired
          .variables()
          .forEach(variable -> add(desired.isSourced(variable.getKey()) ? live : wanted, variable));
      desired.texts().forEach(declared::add);
    }
    if (function != null) {
      function.environment().entrySet().forEach(variable -> add(live, variable));
      live.removeAll(wanted);
      PUBLIC_MEMBERS.stream()
          .flatMap(member -> texts(function.configuration().at(member)))
          .forEach(facts::add);
      String account = FunctionReference.accountIn(function.arn());
      if (account != null) {
        facts.add(account);
      }
    }
    return new Redaction(wanted, live, declared, facts, false);
  }

  private static void add(List<Variable> variables, Map.Entry<String, Value> variable) {
    if (variable.getValue() instanceof Value.Secret secret && !secret.text().isEmpty()) {
      variables.add(new Variable(variable.getKey(), secret.text()));
    }
  }

  private static Stream<String> texts(@Nullable Value value) {
    return switch (value) {
      case Value.Text text -> Stream.of(text.text());
      case Value.Items items -> items.items().stream().flatMap(Redaction::texts);
      case Value.Structure structure -> texts(structure.at("Arn"));
      case null, default -> Stream.empty();
    };
  }

  /**
   * The same redaction for the reasons that AWS keeps of the last update.
   *
   * @param unknownValues whether they can repeat values that are no longer known, so that every
   *     reason is withheld
   */
  public Redaction withholdingReasons(boolean unknownValues) {
    return new Redaction(desired, live, declared, facts, unknownValues);
  }

  /** Redacts a reason that AWS keeps with the function, as {@link #clean} does. */
  public String cleanReason(@Nullable String reason) {
    return withholdsReasons && reason != null && !reason.isBlank()
        ? WITHHELD_UNKNOWN
        : clean(reason);
  }

  /** Redacts a message, and limits it to 4096 characters. */
  public String clean(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return "AWS gives no reason";
    }
    int measured = message.indexOf("String measured:");
    String whole =
        measured < 0
            ? message
            : message.substring(0, measured) + "(the environment that AWS repeats is withheld)";
    String text = whole.length() <= LONGEST ? whole : cut(whole) + "…";
    return repeatsValue(text) ? WITHHELD : text;
  }

  /**
   * Whether a text repeats a value. The other texts of a spec count as public for the spec's own
   * values only: else its author could have guesses at the function's values confirmed.
   */
  private boolean repeatsValue(String text) {
    Set<String> known = new TreeSet<>(facts);
    known.addAll(declared);
    return repeatsAny(text, desired, known) || repeatsAny(text, live, facts);
  }

  private static boolean repeatsAny(String text, List<Variable> variables, Set<String> known) {
    if (variables.isEmpty()) {
      return false;
    }
    List<String> open =
        known.stream().map(Redaction::comparable).filter(fact -> !fact.isEmpty()).toList();
    Echoes said = new Echoes(FoldedText.of(text), open);
    Echoes decoded = new Echoes(FoldedText.decoded(text), List.of());
    return variables.stream()
        .anyMatch(
            variable -> {
              String value = comparable(variable.value());
              return said.repeats(variable.name(), value)
                  || decoded.repeats(variable.name(), value);
            });
  }

  private static String comparable(String text) {
    return FoldedText.of(text).toLowerCase(Locale.ROOT);
  }

  /** Cuts a text, but never within a surrogate pair, which JSON could not carry. */
  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }

  /** Names the variables only: their values are secrets. */
  @Override
  public String toString() {
    return "" + desired + live;
  }
}
