package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.cli.OptionVerdict;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.ops.election.LeaseRenewals;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which operator takes part in an election. */
final class LeaderElectionTest {

  private final LambdaFunctions lambda = new Nothing();
  private final LeaseRenewals renewals = new LeaseRenewals(() -> 0, () -> 0);

  @Test
  void withoutAnElectionTheOperatorLeadsAndNeedsNoFence() throws StartupException {
    LeaderElection election = LeaderElection.of(options(), "home", renewals);

    assertThat(election.isLeading()).isTrue();
    assertThat(election.fence(lambda)).isSameAs(lambda);
  }

  @Test
  void beforeItIsElectedAnOperatorDoesNotLead() throws StartupException {
    LeaderElection election = LeaderElection.of(options("--leader-elect"), "home", renewals);

    assertThat(election.isLeading()).isFalse();
    assertThat(election.fence(lambda)).isInstanceOf(FencedLambda.class);
  }

  @Test
  void anElectionNeedsANamespace() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> LeaderElection.of(options("--leader-elect"), null, renewals))
        .withMessageEndingWith("set --operator-namespace");
  }

  private static RunOptions options(String... args) {
    return OptionVerdict.parse(Map.of(), args);
  }

  private static final class Nothing implements LambdaFunctions {

    private static final Answer NONE = new Answer.Failed(new Failure("None", "none", 400, null));

    @Override
    public Answer read(Target target) {
      return NONE;
    }

    @Override
    public Answer readFunction(Target target) {
      return NONE;
    }

    @Override
    public Sent update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      return new Sent(NONE);
    }
  }
}
