package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.cli.format.Durations;
import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.Table;
import dev.lambdaconfig.cli.format.TerminalStyle;
import dev.lambdaconfig.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fleet for people: a table of reasons, the oldest differences, and the operators. */
public final class FleetText {

  private static final int MOST_REASONS = 30;
  private static final int NAMED = 3;
  private static final int FIELDS = 3;
  private static final String NONE = "-";

  private final FleetReport report;
  private final boolean coloured;
  private final List<String> lines = new ArrayList<>();

  private FleetText(FleetReport report, boolean coloured) {
    this.report = report;
    this.coloured = coloured;
  }

  /** Returns the text of a report, with or without the colours of a terminal. */
  public static String of(FleetReport report, boolean coloured) {
    return new FleetText(report, coloured).text();
  }

  private String text() {
    lines.add(bold(summary()));
    if (!report.ofOneMoment()) {
      lines.add(
          "The resources are not of one moment: the list took longer than the API server keeps"
              + " versions.");
    }
    if (report.resources() > 0) {
      reasons();
      differences();
    }
    new OperatorText(report.operators(), this::bold).lines().forEach(lines::add);
    if (report.count(State.Stalled) + report.count(State.NotReconciled) > 0) {
      lines.add("");
      lines.add("What one of them needs: lambda-config-operator explain NAMESPACE/NAME");
    }
    return String.join("\n", lines);
  }

  private String summary() {
    String where =
        report.namespace() == null
            ? " in " + Counted.of(report.namespaces(), "namespace")
            : " in namespace " + SafeText.of(report.namespace());
    String states =
        report.reasons().stream()
            .map(ReasonCount::state)
            .distinct()
            .map(state -> report.count(state) + " " + state)
            .collect(Collectors.joining(", "));
    return report.resources() == 0
        ? "No LambdaFunctionConfigs" + (report.namespace() == null ? "" : where)
        : Counted.of(report.resources(), "resource")
            + where
            + ": "
            + states
            + "; "
            + (report.differing() == 1 ? "1 differs" : report.differing() + " differ");
  }

  private void reasons() {
    Table table = new Table(Set.of(2), "STATE", "REASON", "COUNT", "OLDEST", "RESOURCES");
    List<ReasonCount> shown = report.reasons().stream().limit(MOST_REASONS).toList();
    for (ReasonCount reason : shown) {
      table.add(
          reason.state().name(),
          safe(reason.reason()),
          Long.toString(reason.count()),
          age(reason.oldest()),
          names(reason));
    }
    lines.add("");
    List<String> rows = table.lines();
    lines.add(bold(rows.get(0)));
    for (int i = 0; i < shown.size(); i++) {
      lines.add(coloured(rows.get(i + 1), shown.get(i).state()));
    }
    long hidden = report.reasons().stream().skip(MOST_REASONS).mapToLong(ReasonCount::count).sum();
    if (hidden > 0) {
      lines.add("and " + Counted.of(hidden, "resource") + " with other reasons");
    }
  }

  /** Nobody looks for those that are as they should be. */
  private static String names(ReasonCount reason) {
    if (reason.state() == State.Ready) {
      return "";
    }
    String names =
        reason.resources().stream()
            .limit(NAMED)
            .map(FleetMember::qualifiedName)
            .map(SafeText::of)
            .collect(Collectors.joining(", "));
    return reason.count() > NAMED ? names + ", ..." : names;
  }

  private void differences() {
    if (report.differences().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        bold(
            report.differing() > report.differences().size()
                ? "The %d oldest of %d differences"
                    .formatted(report.differences().size(), report.differing())
                : "Differences, the oldest first"));
    Table table = new Table(Set.of(), "SINCE", "AGE", "RESOURCE", "STATE", "FIELDS");
    for (FleetMember difference : report.differences()) {
      table.add(
          difference.since() == null ? NONE : difference.since().toString(),
          age(difference.since()),
          SafeText.of(difference.qualifiedName()),
          SafeText.of(difference.stateAndReason()),
          fields(difference));
    }
    lines.addAll(table.lines());
  }

  private static String fields(FleetMember difference) {
    int more = difference.moreFields() + Math.max(0, difference.fields().size() - FIELDS);
    return Stream.concat(
            difference.fields().stream().limit(FIELDS).map(SafeText::of),
            more > 0 ? Stream.of(more + " more") : Stream.of())
        .collect(Collectors.joining(", "));
  }

  private String age(@Nullable Instant since) {
    return since == null ? NONE : Durations.rough(Duration.between(since, report.time()));
  }

  private static String safe(@Nullable String text) {
    return SafeText.of(Objects.requireNonNullElse(text, NONE));
  }

  private String coloured(String line, State state) {
    TerminalStyle style =
        switch (state) {
          case Stalled -> TerminalStyle.RED;
          case NotReconciled, Deleting, Reconciling -> TerminalStyle.YELLOW;
          case Suspended -> TerminalStyle.FAINT;
          case Ready -> TerminalStyle.GREEN;
        };
    return style.of(line, coloured);
  }

  private String bold(String line) {
    return TerminalStyle.BOLD.of(line, coloured);
  }
}
