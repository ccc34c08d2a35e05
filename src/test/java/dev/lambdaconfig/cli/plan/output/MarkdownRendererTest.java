package dev.lambdaconfig.cli.plan.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan as a comment on a pull request. */
final class MarkdownRendererTest {

  @Test
  void eachFunctionIsFoldedBelowTheSummaryWithErrorsFirst() {
    assertThat(new MarkdownRenderer().render(SamplePlans.report()))
        .isEqualTo(
            """
            ### Lambda plan: 1 to update, 2 unchanged, 2 errors

            <details><summary><code>team-a/missing</code> (<code>orders.yaml:40</code>): error \
            <code>FunctionNotFound</code></summary>

            ```text
            FunctionNotFound: Function not found: gone; deploy the function, or correct functionName
            ```

            </details>

            <details><summary><code>broken.yaml:3</code> (<code>broken.yaml:3</code>): error \
            <code>InvalidManifest</code></summary>

            ```text
            InvalidManifest: this is no YAML
            ```

            </details>

            <details><summary><code>team-a/orders</code> (<code>orders.yaml:1</code>): 6 changes\
            </summary>

            ```diff
            ! timeout: 3 -> 30
            + description: (none) -> "takes \\"orders\\""
            - layers: ["arn:a:1", "arn:b:2"] -> (none)
            + environment.variables.LOG_LEVEL
            ! environment.variables.MODE: differs
            - environment.variables.OLD
              environment.variables.DB_PASSWORD: not compared (from Secret db/password)
              planned with the credentials of this run; the operator acts as the role of the \
            ServiceAccount writer
            ```

            Request:

            ```json
            {"Description": "takes \\"orders\\"", "Environment": {"Variables": {"LOG_LEVEL": \
            "(withheld)", "MODE": "(withheld)"}}, "Layers": [], "RevisionId": "5f3c1e7e", \
            "Timeout": 30}
            ```

            </details>

            <details><summary>Remarks on 1 unchanged function</summary>

            ```text
            team-a/audit handler: "old.handler" -> "new.handler" (left as it is)
            team-a/audit mode: Observe: reported, and not sent
            ```

            </details>

            <p>Skipped <code>4 resources of other kinds: 3 Deployment, 1 Service</code>.</p>
            """);
  }

  @Test
  void whatDoesNotFitACommentIsLeftOutAndCounted() {
    String text = new MarkdownRenderer().render(SamplePlans.updates(500));

    assertThat(text.length()).isBetween(60_000, MarkdownRenderer.LONGEST);
    int shown = text.split("<details>", -1).length - 1;
    assertThat(text)
        .startsWith("### Lambda plan: 500 to update, 0 unchanged, 0 errors\n")
        .contains("**" + (500 - shown) + " functions are left out");
    assertThat(text.split("</details>", -1)).hasSize(shown + 1);
  }

  @Test
  void aFunctionWithHugeValuesStillFits() {
    assertThat(new MarkdownRenderer(3000).render(SamplePlans.hostile()).length())
        .isLessThanOrEqualTo(3000);
  }

  @Test
  void wordsOfOthersStayInTheirBlocks() {
    String text = new MarkdownRenderer().render(SamplePlans.hostile());

    // Without what stands in fenced blocks, only our own words and escaped code are left.
    StringBuilder outside = new StringBuilder();
    String fence = "";
    for (String line : text.lines().toList()) {
      if (fence.isEmpty() && line.startsWith("```")) {
        fence = line.replaceFirst("[a-z]+$", "");
      } else if (line.equals(fence)) {
        fence = "";
      } else if (fence.isEmpty()) {
        outside.append(line).append('\n');
      }
    }
    assertThat(fence).as("an open block").isEmpty();
    assertThat(outside.toString()).doesNotContain("<script>", "</code><script");
    for (String line : outside.toString().lines().toList()) {
      String bare = line.replaceAll("<code>[^<]*</code>", "");
      assertThat(bare).as(line).doesNotContain("@everyone", "](", "pwned", "evil");
    }
    assertThat(text).doesNotContain("\u001b", "\u202e", "\r", "\u0000");
  }

  @Test
  void theFenceIsLongerThanAnyRowOfBackticks() {
    assertThat(new MarkdownRenderer().render(SamplePlans.hostile())).contains("\n`````diff\n");
    assertThat(List.of(SamplePlans.HOSTILE.split("`````", -1))).hasSize(1);
  }
}
