package dev.lambdaconfig.status;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.text.WholeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one status, by the kstatus conventions: {@code Reconciling}, {@code Stalled}
 * and {@code Suspended} are present only while they are true, and a transition time moves only when
 * the condition's status does.
 */
public final class Conditions {

  /**
   * The type of the condition that is true when a read has shown the function settled and as the
   * spec declares it.
   */
  public static final String READY = "Ready";

  /** The type of the condition that is true while the operator works, or waits for AWS. */
  public static final String RECONCILING = "Reconciling";

  /** The type of the condition that is true while only a person can help. */
  public static final String STALLED = "Stalled";

  /** The type of the condition that is true while the function differs from the spec. */
  public static final String DRIFTED = "Drifted";

  /**
   * The type of the condition that is true while the spec is suspended: the operator neither reads
   * nor writes the function.
   */
  public static final String SUSPENDED = "Suspended";

  private static final List<String> ORDER =
      List.of(READY, RECONCILING, STALLED, DRIFTED, SUSPENDED);

  private static final Pattern NOT_IN_A_WORD = Pattern.compile("[^A-Za-z0-9_]");

  private static final int LONGEST_REASON = 1024;
  private static final int LONGEST_MESSAGE = 32768;

  private final List<StatusCondition> previous;
  private final List<StatusCondition> next = new ArrayList<>();
  private final @Nullable Long generation;
  private final Instant now;

  Conditions(@Nullable List<StatusCondition> previous, @Nullable Long generation, Instant now) {
    this.previous = previous == null ? List.of() : previous;
    this.generation = generation;
    this.now = now;
  }

  /** The condition of a type, or null where there is none. */
  public static @Nullable StatusCondition find(
      @Nullable List<StatusCondition> conditions, String type) {
    return conditions == null
        ? null
        : conditions.stream()
            .filter(condition -> condition.type().equals(type))
            .findFirst()
            .orElse(null);
  }

  Conditions set(String type, String status, String reason, String message) {
    StatusCondition before = find(previous, type);
    String since =
        before != null && before.status().equals(status)
            ? before.lastTransitionTime()
            : now.truncatedTo(ChronoUnit.SECONDS).toString();
    next.add(new StatusCondition(type, status, generation, since, word(reason), sentence(message)));
    return this;
  }

  /**
   * Carries a condition over unchanged except for its generation; sets nothing where there was
   * none.
   */
  Conditions keep(String type) {
    StatusCondition before = find(previous, type);
    if (before != null) {
      set(type, before.status(), before.reason(), before.message());
    }
    return this;
  }

  List<StatusCondition> list() {
    return next.stream()
        .sorted(Comparator.comparingInt(condition -> ORDER.indexOf(condition.type())))
        .toList();
  }

  /**
   * Turns a reason into one that Kubernetes accepts: {@code
   * [A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?}.
   */
  private static String word(String reason) {
    String word = NOT_IN_A_WORD.matcher(reason).replaceAll("");
    return WholeText.start(
        word.isEmpty() || !Character.isLetter(word.charAt(0)) ? "Aws" + word : word,
        LONGEST_REASON);
  }

  private static String sentence(String message) {
    return WholeText.start(message, LONGEST_MESSAGE);
  }
}
