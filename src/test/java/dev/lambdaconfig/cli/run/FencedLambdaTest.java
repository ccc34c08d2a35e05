package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the fence is asked about. */
final class FencedLambdaTest {

  private static final Target TARGET = new Target("eu-west-1", "orders");
  private static final Answer ANSWER = new Answer.Failed(new Failure("Any", "any", 400, null));
  private static final LambdaFunctions.Sent SENT = new LambdaFunctions.Sent(ANSWER, "request");

  private final List<String> happened = new ArrayList<>();
  private boolean open = true;

  private final FencedLambda lambda =
      new FencedLambda(
          new LambdaFunctions() {
            @Override
            public Answer read(Target target) {
              happened.add("read " + target.functionName());
              return ANSWER;
            }

            @Override
            public Answer readFunction(Target target) {
              happened.add("readFunction " + target.functionName());
              return ANSWER;
            }

            @Override
            public Sent update(
                Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
              happened.add("update " + target.functionName() + " " + revisionId);
              return SENT;
            }
          },
          () -> {
            happened.add("fence");
            if (!open) {
              throw new IllegalStateException("shut");
            }
          });

  @Test
  void anUpdateIsSentBehindTheFence() {
    assertThat(lambda.update(TARGET, new TreeMap<>(), "r-1")).isSameAs(SENT);

    assertThat(happened).containsExactly("fence", "update orders r-1");
  }

  @Test
  void noUpdateIsSentWhereTheFenceDoesNotReturn() {
    open = false;

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> lambda.update(TARGET, new TreeMap<>(), null));
    assertThat(happened).containsExactly("fence");
  }

  @Test
  void readsNeedNoFence() {
    open = false;

    assertThat(lambda.read(TARGET)).isSameAs(ANSWER);
    assertThat(lambda.readFunction(TARGET)).isSameAs(ANSWER);
    assertThat(happened).containsExactly("read orders", "readFunction orders");
  }
}
