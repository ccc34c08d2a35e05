package dev.lambdaconfig.cli.explain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of a resource in each of its states. */
final class ExplainerTest {

  private static final String SINCE = "2026-11-26T12:00:00Z";
  private static final Instant NOW = Instant.parse("2026-11-26T14:03:09Z");

  static Stream<Reason> reasons() {
    return ReasonTable.read().all().stream();
  }

  @Test
  void aStalledResourceSaysWhySinceWhenAndWhatToDo() {
    LambdaFunctionConfig resource = resource(condition("Stalled", "True", "InvalidSpec", "no"));

    assertThat(text(resource))
        .containsSubsequence(
            "team-a/orders is Stalled, since " + SINCE + " (2 h 3 min)",
            "reason    InvalidSpec: no",
            "next      The operator tries again at once when the spec changes.",
            "to do     Correct the manifest. A request: kubectl annotate lfc orders --namespace"
                + " team-a lambdaconfig.dev/reconcile-requested-at=");
  }

  @ParameterizedTest
  @CsvSource({
    "Suspended, Suspended",
    "Stalled, Stalled",
    "Reconciling, Reconciling",
    "Ready, Ready",
  })
  void aStateIsThatOfItsCondition(String type, State state) {
    assertThat(explained(resource(condition(type, "True", "InSync", ""))).state()).isEqualTo(state);
  }

  @Test
  void aSpecThatNobodyActedOnIsNotReconciledWhateverTheConditionsSay() {
    LambdaFunctionConfig resource = resource(condition("Ready", "True", "InSync", ""));
    resource.getMetadata().setGeneration(5L);

    assertThat(explained(resource).state()).isEqualTo(State.NotReconciled);
    assertThat(text(resource))
        .contains(
            "team-a/orders is NotReconciled\n",
            "before    InSync:",
            "generation 5; the status describes generation 4",
            "check that an operator runs");
  }

  @Test
  void aResourceWithoutAStatusIsNotReconciled() {
    LambdaFunctionConfig resource = resource();
    resource.setStatus(null);

    assertThat(text(resource)).contains("is NotReconciled\n", "there is no status yet");
  }

  @Test
  void aResourceThatIsBeingDeletedSaysWhatHoldsIt() {
    LambdaFunctionConfig resource =
        resource(condition("Stalled", "True", "AccessDeniedException", "not allowed"));
    resource.getMetadata().setDeletionTimestamp("2026-11-26T14:03:00Z");

    assertThat(text(resource))
        .contains(
            "is Deleting, since 2026-11-26T14:03:00Z (9 s)", "not allowed", "RestoreAbandoned");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDeniedException, Stalled, Allow the action, after 5 min",
    "InvalidParameterValueException, Stalled, Correct what the message names, after 30 min",
    "ThrottlingException, Reconciling, Nothing, 2 s growing to 5 min",
  })
  void aCodeOfAwsSaysWhatItsKindMeans(String code, String type, String whatToDo, String next) {
    Explanation explanation = explained(resource(condition(type, "True", code, "")));

    assertThat(explanation.whatToDo()).contains(whatToDo);
    assertThat(explanation.next()).contains(next);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void eachReasonIsExplainedWithoutMarkdown(Reason reason) {
    String type = reason.with().equals("Ready=True") ? "Ready" : reason.with();

    Explanation explanation = explained(resource(condition(type, "True", reason.name(), "")));

    assertThat(Stream.of(explanation.meaning(), explanation.whatToDo(), explanation.next()))
        .allSatisfy(text -> assertThat(text).isNotEmpty().endsWith(text.strip()))
        .noneMatch(text -> text.contains("](") || text.contains("`"));
    assertThat(explanation.next()).startsWith("The operator ").endsWith(".");
  }

  @Test
  void theFirstDifferencesAndTheLastUpdatesAreListed() {
    LambdaFunctionConfig resource =
        resource(
            condition("Reconciling", "True", "Updating", ""),
            condition("Drifted", "True", "Differs", ""));
    LambdaFunctionConfigStatus status = requireNonNull(resource.getStatus());
    status.drift =
        new ArrayList<>(List.of(new DriftedField("environment.variables.A", "missing", null)));
    for (int i = 0; i < 7; i++) {
      status.drift.add(new DriftedField("timeout", "30", "3"));
    }
    status.history =
        Collections.nCopies(
            5, new UpdateRecord("T", List.of("timeout"), "SpecChanged", 4L, "r", "Succeeded", "s"));

    assertThat(text(resource))
        .contains(
            "differs   environment.variables.A missing; timeout 3, wanted 30;",
            "and 3 more, since " + SINCE,
            "updates   T SpecChanged of timeout: Succeeded");
    assertThat(text(resource).split("T SpecChanged")).hasSize(4);
  }

  /** A terminal obeys what a tenant or AWS writes there. */
  @Test
  void noTextOfOthersReachesTheTerminalAsAControlCharacter() {
    String hostile = "a\u001b[2Jb\nteam-b/x is Ready\u202e\u2028\u0085";
    StatusCondition condition =
        new StatusCondition("Stalled", "True", 4L, hostile, hostile, hostile.repeat(5000));
    LambdaFunctionConfig resource = resource(condition);
    requireNonNull(resource.getStatus()).functionArn = hostile;

    assertThat(text(resource))
        .doesNotContain("\u001b", "\u202e", "\u2028", "\u0085")
        .contains("a\\u001b[2Jb\\nteam-b/x");
    assertThat(text(resource).lines()).hasSizeLessThan(10).allMatch(line -> line.length() < 1100);
  }

  private static String text(LambdaFunctionConfig resource) {
    return ExplanationText.of(explained(resource), NOW);
  }

  private static Explanation explained(LambdaFunctionConfig resource) {
    return new Explainer(ReasonTable.read()).explain(resource);
  }

  private static StatusCondition condition(
      String type, String status, String reason, String message) {
    return new StatusCondition(type, status, 4L, SINCE, reason, message);
  }

  private static LambdaFunctionConfig resource(StatusCondition... conditions) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team-a")
            .withName("orders")
            .withGeneration(4L)
            .build());
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.observedGeneration = 4L;
    status.conditions = List.of(conditions);
    resource.setStatus(status);
    return resource;
  }
}
