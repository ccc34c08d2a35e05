package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.ownership.ClaimedFunction;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.RestoreFinalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a deletion is to put fields back. */
final class RestorePolicyTest {

  private static final String RESTORE = "{timeout: 9, deletionPolicy: Restore}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{timeout: 9, deletionPolicy: Restore}                | true",
        "{timeout: 9, deletionPolicy: Retain}                 | false",
        "{timeout: 9}                                         | false",
        "{timeout: 9, deletionPolicy: Restore, suspend: true} | false",
        "{timeout: 9, deletionPolicy: Restore, mode: Observe} | false"
      })
  void followsTheSpec(String spec, boolean wanted) {
    // Given
    ManagedResource deleted = deleted("orders", spec);

    // Then
    assertThat(isWanted(deleted, new ClaimedFunction(deleted))).isEqualTo(wanted);
  }

  @Test
  void nothingIsPutBackInTheFunctionOfAnOlderResource() {
    // Given
    ManagedResource older = new ManagedResource("team-b", "older", "{timeout: 3}");
    ManagedResource deleted = deleted("younger", RESTORE).younger();
    ClaimedFunction function = new ClaimedFunction(older, deleted);
    function.lambda.recordHome("123456789012");
    function.isRead(older);

    // Then
    assertThat(isWanted(deleted, function)).isFalse();
  }

  @Test
  void theOldestPutsItsFieldsBackWhoeverElseNamesTheFunction() {
    // Given
    ManagedResource deleted = deleted("older", RESTORE);
    ManagedResource younger = new ManagedResource("team-b", "younger", "{timeout: 3}").younger();
    ClaimedFunction function = new ClaimedFunction(deleted, younger);
    function.lambda.recordHome("123456789012");
    function.isRead(younger);

    // Then
    assertThat(isWanted(deleted, function)).isTrue();
  }

  @Test
  void anOwnerThatIsNotKnownYetChangesNothingOfThat() {
    // Given: AWS has not named the operator's own account
    ManagedResource older =
        new ManagedResource(
            "team-b",
            "older",
            "{functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:fn', timeout: 3}");
    ManagedResource deleted = deleted("younger", RESTORE).younger();

    // Then
    assertThat(isWanted(deleted, new ClaimedFunction(older, deleted))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(OperatorMode.class)
  void anOperatorThatObservesForbidsIt(OperatorMode mode) {
    String prohibition =
        policy(new ClaimedFunction(), mode)
            .prohibition(deleted("orders", RESTORE).reconciliation());

    assertThat(prohibition)
        .isEqualTo(mode == OperatorMode.OBSERVE ? "the operator runs with --mode=Observe" : null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{functionName: 'a b', timeout: 9}   | functionName",
        "{region: nowhere, timeout: 9}       | region must be the code of an AWS Region",
        "{region: eu-nowhere-9, timeout: 9}  | eu-nowhere-9"
      })
  void saysWhatIsWrongWithTheFunctionThatTheSpecNames(String spec, String problem) {
    assertThat(
            policy(new ClaimedFunction(), OperatorMode.ENFORCE)
                .problem(deleted("orders", spec).reconciliation()))
        .contains(problem);
  }

  @Test
  void aFunctionThatIsKnownIsNoProblem() {
    assertThat(
            policy(new ClaimedFunction(), OperatorMode.ENFORCE)
                .problem(deleted("orders", RESTORE).reconciliation()))
        .isNull();
  }

  private static ManagedResource deleted(String name, String spec) {
    return new ManagedResource("team-a", name, spec).deleted(RestoreFinalizer.NAME);
  }

  private static boolean isWanted(ManagedResource resource, ClaimedFunction function) {
    return policy(function, OperatorMode.ENFORCE).isWanted(resource.reconciliation());
  }

  private static RestorePolicy policy(ClaimedFunction function, OperatorMode mode) {
    return new RestorePolicy(
        function.claims, ManagedResource.TARGETS, mode, ManagedResource.ALLOWED);
  }
}
