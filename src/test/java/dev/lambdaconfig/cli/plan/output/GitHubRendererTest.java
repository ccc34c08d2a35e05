package dev.lambdaconfig.cli.plan.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.plan.report.PlanReport;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A plan as the log of a GitHub Actions step. */
final class GitHubRendererTest {

  private static final String TOKEN = "0b7c";

  private static List<String> commands(String text) {
    return text.lines().dropWhile(line -> !line.equals("::" + TOKEN + "::")).skip(1).toList();
  }

  @Test
  void annotationsStandAtTheLinesOfTheManifests() {
    String text = new GitHubRenderer("", TOKEN).render(SamplePlans.report());

    assertThat(text)
        .startsWith(
            "::stop-commands::0b7c\n" + new TextRenderer(false).render(SamplePlans.report()))
        .contains("\n1 to update, 2 unchanged, 2 errors\n::0b7c::\n");
    assertThat(commands(text))
        .containsExactly(
            "::error file=orders.yaml,line=40,title=plan%3A team-a/missing::FunctionNotFound:"
                + " Function not found: gone; deploy the function, or correct functionName",
            "::error file=broken.yaml,line=3,title=plan%3A broken.yaml%3A3::InvalidManifest: this"
                + " is no YAML",
            "::notice file=orders.yaml,line=6,title=plan%3A team-a/orders::orders in eu-west-1:%0A~"
                + " timeout: 3 -> 30%0A+ description: (none) -> \"takes \\\"orders\\\"\"%0A-"
                + " layers: [\"arn:a:1\", \"arn:b:2\"] -> (none)%0A+"
                + " environment.variables.LOG_LEVEL%0A~ environment.variables.MODE: differs%0A-"
                + " environment.variables.OLD");
  }

  @Test
  void pathsAreRelativeToTheRepository() {
    PlanReport report =
        new PlanReport(
            List.of(SamplePlans.update("orders", "/home/runner/work/shop/deploy/a,b.yaml", 1)),
            new TreeMap<>());

    assertThat(commands(new GitHubRenderer("/home/runner/work/shop", TOKEN).render(report)))
        .singleElement()
        .asString()
        .startsWith("::notice file=deploy/a%2Cb.yaml,line=6,");
  }

  @Test
  void moreAnnotationsThanGitHubShowsAreCounted() {
    List<String> commands = commands(new GitHubRenderer("", TOKEN).render(SamplePlans.errors(12)));

    assertThat(commands).hasSize(10);
    assertThat(commands.getLast())
        .isEqualTo("::error title=plan::and 3 more, which the summary of this step has");
  }

  @Test
  void noWordOfOthersIsACommand() {
    String text = new GitHubRenderer("", TOKEN).render(SamplePlans.hostile());

    List<String> commands = commands(text);
    assertThat(commands).hasSize(2);
    assertThat(commands.get(0)).startsWith("::error file=");
    assertThat(commands.get(1)).startsWith("::notice file=");
    for (String command : commands) {
      String properties = command.substring(0, command.indexOf("::", 2));
      assertThat(properties.split(",", -1)).hasSize(3);
      assertThat(command).doesNotContain("\r", "\u001b");
    }
    // The rest stands where GitHub takes no commands, and cannot end that: nobody knows the token.
    assertThat(text.lines().filter(line -> line.strip().startsWith("::")))
        .containsExactly(
            "::stop-commands::" + TOKEN, "::" + TOKEN + "::", commands.get(0), commands.get(1));
  }
}
