package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.cli.format.Durations;
import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.Table;
import dev.lambdaconfig.cli.status.metrics.OperatorFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures;
import dev.lambdaconfig.text.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The budgets and sweeps of operators for people. */
final class OperatorText {

  private static final String NONE = "-";
  private static final int LONGEST_SOURCE = 200;

  private final List<OperatorFigures> operators;
  private final UnaryOperator<String> bold;
  private final List<String> lines = new ArrayList<>();

  OperatorText(List<OperatorFigures> operators, UnaryOperator<String> bold) {
    this.operators = operators;
    this.bold = bold;
  }

  List<String> lines() {
    lines.add("");
    if (operators.isEmpty()) {
      lines.add("Budgets and sweeps: not known, because --metrics names no operator");
    }
    operators.forEach(this::operator);
    return lines;
  }

  private void operator(OperatorFigures operator) {
    String source = "Operator " + SafeText.shortened(operator.source(), LONGEST_SOURCE);
    if (operator.problem() != null) {
      lines.add(bold.apply(source + ": not known"));
      return;
    }
    if (!operator.leader()) {
      lines.add(bold.apply(source + ": stands by"));
      lines.add("The budgets and sweeps are those of the leader: name its metrics");
      return;
    }
    lines.add(
        bold.apply(
            "%s: leader; %s reconciles run, %s wait"
                .formatted(source, number(operator.running()), number(operator.queued()))));
    if (operator.regions().isEmpty()) {
      lines.add("It calls no Region.");
      return;
    }
    Table table =
        new Table(
            Set.of(1, 2, 3, 4, 7),
            "REGION",
            "CALLS/S",
            "GETFUNCTION/S",
            "IN FLIGHT",
            "WAITING",
            "LAST SWEEP",
            "EXPECTED EACH",
            "FUNCTIONS",
            "REMARKS");
    operator.regions().forEach(region -> add(table, region));
    lines.addAll(table.lines());
  }

  private static void add(Table table, RegionFigures region) {
    table.add(
        SafeText.of(region.region()),
        rate(region.calls().perSecond()),
        rate(region.calls().getFunctionPerSecond()),
        number(region.calls().inFlight()),
        number(region.calls().waiting()),
        region.sweep().age() == null ? NONE : duration(region.sweep().age()) + " ago",
        duration(region.sweep().expected()),
        number(region.sweep().functions()),
        remarks(region));
  }

  private static String remarks(RegionFigures region) {
    List<String> remarks = new ArrayList<>();
    if (Boolean.FALSE.equals(region.calls().endpointAvailable())) {
      remarks.add("the endpoint does not answer");
    }
    if (Boolean.TRUE.equals(region.updates().paused())) {
      remarks.add("updates are paused");
    }
    Long namespaces = region.updates().pausedNamespaces();
    if (namespaces != null && namespaces > 0) {
      remarks.add("updates of " + Counted.of(namespaces, "namespace") + " are paused");
    }
    if (Boolean.TRUE.equals(region.sweep().listRefused())) {
      remarks.add("AWS refuses the list");
    } else if (Boolean.FALSE.equals(region.sweep().listing())) {
      remarks.add("each function is read");
    }
    return String.join("; ", remarks);
  }

  private static String rate(@Nullable Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(@Nullable Long value) {
    return value == null ? NONE : value.toString();
  }

  private static String duration(@Nullable Long seconds) {
    return seconds == null ? NONE : Durations.rough(Duration.ofSeconds(seconds));
  }
}
