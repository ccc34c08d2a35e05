package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedRequest;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.environment.UnreadValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plans with something of everything, and plans that attack each format. */
public final class SamplePlans {

  /** A value that no output may print. */
  public static final String CANARY = "c4n4ry-value";

  /**
   * Words that mean something in a terminal, in Markdown, HTML, XML, JSON or a workflow command.
   */
  public static final String HOSTILE =
      "a\r\n::error file=x::pwned\n##[error]pwned\n```\n</details></code><script>alert(1)</script>"
          + " @everyone [x](https://evil.example) | \u001b[31mred\u001b[0m \u202eright to left"
          + " %0A::warning::x ]]> &amp; \"quoted\" \uFFFE \uD83D \u0000 ````";

  private SamplePlans() {}

  /** An update, an unchanged function, one that is only observed, and two errors. */
  public static PlanReport report() {
    return new PlanReport(
        List.of(
            update("orders", "orders.yaml", 1),
            FunctionPlan.unchanged(
                new ManifestOrigin("orders.yaml", 20, "team-a", "billing"), "billing", "eu-west-1"),
            FunctionPlan.unchanged(
                    new ManifestOrigin("orders.yaml", 30, "team-a", "audit"), "audit", "eu-west-1")
                .differing(
                    List.of(),
                    List.of(
                        new FieldChange(
                            "handler", Value.text("old.handler"), Value.text("new.handler"), 34)))
                .remarking(List.of(), List.of("mode: Observe: reported, and not sent")),
            FunctionPlan.unchanged(
                    new ManifestOrigin("orders.yaml", 40, "team-a", "missing"), "gone", "eu-west-1")
                .failing(
                    new PlanProblem(
                        "FunctionNotFound",
                        "Function not found: gone; deploy the function, or correct functionName")),
            FunctionPlan.failed(
                new ManifestOrigin("broken.yaml", 3, null, null),
                new PlanProblem("InvalidManifest", "this is no YAML"))),
        new TreeMap<>(Map.of("Deployment", 3, "Service", 1)));
  }

  /** An update of several kinds of fields. */
  static FunctionPlan update(String name, String file, int line) {
    return FunctionPlan.unchanged(new ManifestOrigin(file, line, "team-a", name), name, "eu-west-1")
        .differing(
            List.of(
                new FieldChange("timeout", Value.number(3), Value.number(30), line + 5),
                new FieldChange("description", null, Value.text("takes \"orders\""), line + 6),
                new FieldChange(
                    "layers", Value.texts(List.of("arn:a:1", "arn:b:2")), null, line + 7),
                new FieldChange(
                    "environment.variables.LOG_LEVEL",
                    Value.text("missing"),
                    Value.text("present"),
                    line + 9),
                new FieldChange(
                    "environment.variables.MODE",
                    Value.text("present"),
                    Value.text("differs"),
                    line + 10),
                new FieldChange(
                    "environment.variables.OLD",
                    Value.text("present"),
                    Value.text("missing"),
                    line + 8)),
            List.of())
        .remarking(
            List.of(
                new UnreadValue("environment.variables.DB_PASSWORD", "from Secret db/password")),
            List.of(
                "planned with the credentials of this run; the operator acts as the role of the"
                    + " ServiceAccount writer"))
        .sending(
            new PlannedRequest(
                new TreeMap<>(
                    Map.of(
                        "Timeout",
                        Value.number(30),
                        "Description",
                        Value.text("takes \"orders\""),
                        "Layers",
                        Value.Items.EMPTY,
                        "Environment",
                        Value.Structure.of(
                            Map.of(
                                "Variables",
                                Value.secrets(
                                    Map.of("LOG_LEVEL", CANARY, "MODE", CANARY + "2")))))),
                "5f3c1e7e"));
  }

  /** Plans in which whatever somebody else wrote is hostile. */
  public static PlanReport hostile() {
    ManifestOrigin origin = new ManifestOrigin(HOSTILE + ".yaml", 1, HOSTILE, HOSTILE);
    FunctionPlan plan = FunctionPlan.unchanged(origin, HOSTILE, HOSTILE);
    Value value = Value.text(HOSTILE);
    return new PlanReport(
        List.of(
            plan.differing(List.of(new FieldChange(HOSTILE, value, value, 1)), List.of())
                .sending(new PlannedRequest(new TreeMap<>(Map.of(HOSTILE, value)), HOSTILE)),
            plan.differing(List.of(), List.of(new FieldChange(HOSTILE, value, null, 1)))
                .remarking(List.of(new UnreadValue(HOSTILE, HOSTILE)), List.of(HOSTILE)),
            plan.failing(new PlanProblem(HOSTILE, HOSTILE))),
        new TreeMap<>(Map.of(HOSTILE, 1)));
  }

  /** So many updates. */
  static PlanReport updates(int number) {
    List<FunctionPlan> plans = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      plans.add(update("orders-" + i, "fleet.yaml", 1 + 20 * i));
    }
    return new PlanReport(plans, new TreeMap<>());
  }

  /** So many different errors. */
  static PlanReport errors(int number) {
    List<FunctionPlan> plans = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      plans.add(
          FunctionPlan.failed(
              new ManifestOrigin("fleet.yaml", i + 1, "team-a", "orders-" + i),
              new PlanProblem("InvalidSpec", "problem " + i)));
    }
    return new PlanReport(plans, new TreeMap<>());
  }
}
