package dev.lambdaconfig.cli.plan.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A plan for people. */
final class TextRendererTest {

  @Test
  void itHasTheShapeThatTerraformHasMadeKnown() {
    assertThat(new TextRenderer(false).render(SamplePlans.report()))
        .isEqualTo(
            """
            team-a/audit (orders.yaml:30): unchanged audit in eu-west-1
              = handler: "old.handler" -> "new.handler" (left as it is)
                mode: Observe: reported, and not sent
            team-a/orders (orders.yaml:1): update orders in eu-west-1
              ~ timeout: 3 -> 30
              + description: (none) -> "takes \\"orders\\""
              - layers: ["arn:a:1", "arn:b:2"] -> (none)
              + environment.variables.LOG_LEVEL
              ~ environment.variables.MODE: differs
              - environment.variables.OLD
              ? environment.variables.DB_PASSWORD: not compared (from Secret db/password)
                planned with the credentials of this run; the operator acts as the role of the \
            ServiceAccount writer
                request: {"Description": "takes \\"orders\\"", "Environment": {"Variables": \
            {"LOG_LEVEL": "(withheld)", "MODE": "(withheld)"}}, "Layers": [], "RevisionId": \
            "5f3c1e7e", "Timeout": 30}
            team-a/missing (orders.yaml:40): error gone in eu-west-1
              ! FunctionNotFound: Function not found: gone; deploy the function, or correct \
            functionName
            broken.yaml:3 (broken.yaml:3): error
              ! InvalidManifest: this is no YAML

            Skipped 4 resources of other kinds: 3 Deployment, 1 Service.
            1 to update, 2 unchanged, 2 errors
            """);
  }

  @Test
  void nothingToDoIsOneLine() {
    PlanReport report =
        new PlanReport(
            List.of(
                FunctionPlan.unchanged(
                    new ManifestOrigin("a.yaml", 1, "team-a", "a"), "a", "eu-west-1")),
            new TreeMap<>());

    assertThat(new TextRenderer(false).render(report))
        .isEqualTo("0 to update, 1 unchanged, 0 errors\n");
  }

  @Test
  void coloursMarkTheKindsOfChanges() {
    String text = new TextRenderer(true).render(SamplePlans.report());

    assertThat(text)
        .contains("\u001b[33m~\u001b[0m timeout", "\u001b[32m+\u001b[0m description")
        .contains("\u001b[31m-\u001b[0m layers", "\u001b[1m1 to update")
        .contains("\u001b[31m! FunctionNotFound");
  }

  @Test
  void anErrorThatManyHaveInCommonIsPrintedOnce() {
    List<FunctionPlan> plans = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      plans.add(
          FunctionPlan.failed(
              new ManifestOrigin("fleet.yaml", i, "team-a", "orders-" + i),
              new PlanProblem("CredentialsUnavailable", "no AWS credentials")));
    }

    String text = new TextRenderer(false).render(new PlanReport(plans, new TreeMap<>()));

    assertThat(text)
        .containsOnlyOnce("no AWS credentials")
        .contains("25 resources: error", "team-a/orders-19 (fleet.yaml:19)", "and 5 more")
        .endsWith("0 to update, 0 unchanged, 25 errors\n");
  }
}
