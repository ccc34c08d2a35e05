package dev.lambdaconfig.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reads of all functions of a command. */
final class FleetReaderTest {

  private final Calls calls = new Calls();

  /** Answers each call by the test's word, and remembers it. */
  private static final class Calls implements FunctionReads {
    final Queue<String> made = new ConcurrentLinkedQueue<>();
    final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    Function<Integer, @Nullable Failure> getFunction = attempt -> null;
    Function<Integer, @Nullable Failure> getFunctionConfiguration = attempt -> null;

    @Override
    public Answer read(Target target) {
      return answer("GetFunctionConfiguration", target, getFunctionConfiguration);
    }

    @Override
    public Answer readFunction(Target target) {
      return answer("GetFunction", target, getFunction);
    }

    private Answer answer(
        String operation, Target target, Function<Integer, @Nullable Failure> failures) {
      String call = operation + " " + target.functionName();
      made.add(call);
      int attempt = attempts.computeIfAbsent(call, first -> new AtomicInteger()).incrementAndGet();
      Failure failure = failures.apply(attempt);
      return failure == null
          ? new Answer.Described(
              TestSpecs.function("{FunctionName: " + target.functionName() + "}"))
          : new Answer.Failed(failure);
    }

    @Override
    public Page page(String region, @Nullable String marker) {
      throw new AssertionError("few functions are not listed");
    }
  }

  private List<Answer> read(int functions) throws InterruptedException {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < functions; i++) {
      targets.add(new Target("eu-west-1", "fn-" + i));
    }
    Timing timing = new Timing(Clock.systemUTC(), System::nanoTime, () -> 0);
    return new FleetReader(calls, 14, timing).read(targets, () -> {});
  }

  private static Failure failure(String code, int status) {
    return new Failure(code, "because", status, null);
  }

  @Test
  void functionsAreReadByTheQuotaThatNoOtherCallShares() throws InterruptedException {
    List<Answer> answers = read(60);

    assertThat(calls.made).hasSize(60).allMatch(call -> call.startsWith("GetFunction fn-"));
    for (int i = 0; i < 60; i++) {
      assertThat(answers.get(i))
          .isInstanceOfSatisfying(
              Answer.Described.class,
              described ->
                  assertThat(described.function().name())
                      .isEqualTo("fn-" + answers.indexOf(described)));
    }
  }

  @Test
  void whereGetFunctionIsDeniedTheOtherReadServes() throws InterruptedException {
    calls.getFunction = attempt -> failure("AccessDeniedException", 403);

    assertThat(read(3)).allMatch(Answer.Described.class::isInstance);
    assertThat(calls.made)
        .containsOnlyOnce("GetFunction fn-0")
        .contains("GetFunctionConfiguration fn-0", "GetFunctionConfiguration fn-2");
  }

  @Test
  void whereBothAreDeniedThatIsTheAnswer() throws InterruptedException {
    calls.getFunction = attempt -> failure("AccessDeniedException", 403);
    calls.getFunctionConfiguration = attempt -> failure("AccessDeniedException", 403);

    assertThat(read(1))
        .singleElement()
        .isEqualTo(new Answer.Failed(failure("AccessDeniedException", 403)));
  }

  @Test
  void throttledAndFailingCallsAreMadeAgainLater() throws InterruptedException {
    calls.getFunction =
        attempt ->
            switch (attempt) {
              case 1 -> failure("TooManyRequestsException", 429);
              case 2 -> failure("ServiceException", 500);
              default -> null;
            };
    long began = System.nanoTime();

    assertThat(read(2)).allMatch(Answer.Described.class::isInstance);
    assertThat(calls.made).filteredOn(call -> call.equals("GetFunction fn-1")).hasSize(3);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "30, 30", "120, 120", "900, 120"})
  void whatAwsAsksForIsWaitedForUpToTwoMinutes(int asked, int waited) {
    // Given
    Failure throttled =
        new Failure("TooManyRequestsException", "slow", 429, Duration.ofSeconds(asked));

    // When
    Duration delay = FleetReader.delay(throttled, 4, 1);

    // Then
    assertThat(delay).hasSeconds(waited);
  }

  @Test
  void missingCredentialsAreLookedForOnce() throws InterruptedException {
    calls.getFunction = attempt -> failure(Failure.CREDENTIALS_UNAVAILABLE, 0);

    assertThat(read(50)).hasSize(50).allMatch(Answer.Failed.class::isInstance);
    assertThat(calls.made).containsExactly("GetFunction fn-0");
  }

  @Test
  void aFunctionThatDoesNotExistIsReadOnce() throws InterruptedException {
    calls.getFunction = attempt -> failure("ResourceNotFoundException", 404);

    assertThat(read(2)).allMatch(Answer.Failed.class::isInstance);
    assertThat(calls.made).containsExactlyInAnyOrder("GetFunction fn-0", "GetFunction fn-1");
  }
}
