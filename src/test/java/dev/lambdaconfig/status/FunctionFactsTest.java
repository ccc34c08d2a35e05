package dev.lambdaconfig.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.ErrorDetail;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.redaction.Redaction;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a status repeats of the function that AWS described. */
final class FunctionFactsTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.5Z");
  private static final Decision STALLED =
      new Decision.Stalled("InvalidSubnet", "mend it", Duration.ofSeconds(1));

  @Test
  void thePinnedArnNeverMoves() {
    Desired desired = TestSpecs.desired("{timeout: 9}");
    ObservedFunction same = TestSpecs.function("{Timeout: 9}");
    Decision inSync = new Decision.InSync(Duration.ofSeconds(1));
    LambdaFunctionConfigStatus first =
        NextStatus.after(null, 1, T0).observed(same).decided(inSync, Diff.between(desired, same));
    ObservedFunction elsewhere =
        TestSpecs.function(
            "{FunctionArn: 'arn:aws:lambda:us-east-1:1:function:fn', RevisionId: r9}");

    LambdaFunctionConfigStatus next =
        NextStatus.after(first, 1, T0).observed(elsewhere).decided(STALLED, null);

    assertThat(next.functionArn).isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:fn");
    assertThat(next.revisionId).isEqualTo("r1");
  }

  @Test
  void whatAwsSaysOfItsReasonsIsCleaned() {
    ObservedFunction telling =
        TestSpecs.function(
            "{StateReason: has s3cret1, LastUpdateStatusReason: 'has s3cret2', Environment:"
                + " {Variables: {AA: s3cret1}, Error: {ErrorCode: F, Message: s3cret1}},"
                + " ImageConfigResponse: {Error: {ErrorCode: G, Message: s3cret2}},"
                + " RuntimeVersionConfig: {Error: {ErrorCode: E, Message: s3cret1}}}");

    LambdaFunctionConfigStatus status =
        NextStatus.after(null, 1, T0)
            .managing(TestSpecs.desired("{environment: {variables: {AA: s3cret2}}}"), "eu-west-1")
            .observed(telling)
            .decided(STALLED, null);

    assertThat(status.stateReason).isEqualTo(Redaction.WITHHELD);
    assertThat(status.lastUpdateStatusReason).isEqualTo(Redaction.WITHHELD);
    assertThat(status.runtimeVersionError).isEqualTo(new ErrorDetail("E", Redaction.WITHHELD));
    assertThat(status.environmentError).isEqualTo(new ErrorDetail("F", Redaction.WITHHELD));
    assertThat(status.imageConfigError).isEqualTo(new ErrorDetail("G", Redaction.WITHHELD));
    assertThat(Serialization.asJson(status)).doesNotContain("s3cret");
  }
}
