package dev.lambdaconfig.cli.explain;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.cli.format.Durations;
import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.text.WholeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation as text for a terminal: about ten lines, each with what it is about. */
final class ExplanationText {

  private static final int MOST_FIELDS = 5;
  private static final int MOST_UPDATES = 3;
  private static final int LONGEST = 1000;

  private final List<String> lines = new ArrayList<>();
  private final Instant now;

  private ExplanationText(Instant now) {
    this.now = now;
  }

  static String of(Explanation explanation, Instant now) {
    return new ExplanationText(now).text(explanation);
  }

  private String text(Explanation it) {
    lines.add(it.namespace() + "/" + it.name() + " is " + it.state() + since(it.since()));
    line("function", it.function() + (it.functionState() == null ? "" : ": " + it.functionState()));
    line("spec", generation(it));
    if (it.reason() != null) {
      // Of a spec that nobody acted on, the reason is that of the one before.
      line(
          it.state() == State.NotReconciled ? "before" : "reason",
          it.reason() + ": " + Objects.requireNonNullElse(it.message(), ""));
    }
    line("meaning", it.meaning());
    if (!it.drift().isEmpty()) {
      line("differs", drift(it.drift()) + since(it.driftSince()));
    }
    String label = "updates";
    for (UpdateRecord update : it.history().stream().limit(MOST_UPDATES).toList()) {
      line(label, update(update));
      label = "";
    }
    line("next", it.next());
    line("to do", it.whatToDo());
    return String.join("\n", lines);
  }

  private void line(String label, String text) {
    lines.add("  %-9s %s".formatted(label, printable(text)));
  }

  private static String generation(Explanation it) {
    String generation = "generation " + it.generation();
    if (Objects.equals(it.generation(), it.observedGeneration())) {
      return generation + ", which the status describes";
    }
    Long observed = it.observedGeneration();
    return observed == null || observed < 0
        ? generation + "; there is no status yet"
        : generation + "; the status describes generation " + observed;
  }

  private static String drift(List<DriftedField> drift) {
    String fields =
        drift.stream()
            .limit(MOST_FIELDS)
            .map(
                field ->
                    field.observed() == null
                        ? field.path() + " " + field.desired()
                        : field.path() + " " + field.observed() + ", wanted " + field.desired())
            .collect(Collectors.joining("; "));
    int more = drift.size() - MOST_FIELDS;
    return more > 0 ? fields + "; and " + more + " more" : fields;
  }

  private static String update(UpdateRecord update) {
    return update.time()
        + " "
        + update.cause()
        + " of "
        + String.join(", ", Objects.requireNonNullElse(update.fields(), List.of()))
        + ": "
        + update.outcome();
  }

  private String since(@Nullable String time) {
    if (time == null) {
      return "";
    }
    try {
      Duration age = Duration.between(Instant.parse(time), now);
      return ", since " + time + " (" + Durations.rough(age) + ")";
    } catch (DateTimeException e) {
      // A status of another writer can have any text there.
      return ", since " + printable(time);
    }
  }

  /** A text on one line: a terminal obeys control characters, whoever wrote them. */
  private static String printable(String text) {
    // An escape is longer than what it stands for.
    return WholeText.shortened(SafeText.shortened(text.strip(), LONGEST), LONGEST);
  }
}
