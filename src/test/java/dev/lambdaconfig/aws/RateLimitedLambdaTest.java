package dev.lambdaconfig.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which operation a call is made by, and out of which budget. */
final class RateLimitedLambdaTest {

  private static final Target ORDERS = new Target("eu-west-1", "orders");
  private static final Failure DENIED = new Failure("AccessDeniedException", "no", 403, null);

  private static final String HOME = "123456789012";
  private static final String OTHER = "999999999999";

  /** Answers everything, or as told; a function is in the account that its ARN says. */
  private static final class Api implements LambdaFunctions, FunctionLists {
    private final List<String> calls = new ArrayList<>();
    private @Nullable Failure getFunction;
    private @Nullable Failure configuration;
    private @Nullable Failure all;

    private Answer answer(String operation, Target target, @Nullable Failure failure) {
      calls.add(operation);
      String account = FunctionReference.accountIn(target.functionName());
      Failure why = all != null ? all : failure;
      return why != null
          ? new Answer.Failed(why)
          : new Answer.Described(
              new ObservedFunction(
                  Value.Structure.of(
                      Map.of(
                          "FunctionArn",
                          Value.text(arn(account == null ? HOME : account, "orders"))))));
    }

    @Override
    public Answer read(Target target) {
      return answer("GetFunctionConfiguration", target, configuration);
    }

    @Override
    public Answer readFunction(Target target) {
      return answer("GetFunction", target, getFunction);
    }

    @Override
    public Answer update(
        Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
      return answer("UpdateFunctionConfiguration", target, null);
    }

    @Override
    public Listed list(String region, @Nullable String marker) {
      calls.add("ListFunctions");
      return new Page(List.of(), null);
    }
  }

  /** The Regions as they are reported. */
  private static final class Regions implements RegionListener {
    private final List<String> used = new ArrayList<>();
    private final List<String> unused = new ArrayList<>();
    private int count;

    @Override
    public void used(String region) {
      used.add(region);
    }

    @Override
    public void unused(String region) {
      unused.add(region);
    }

    @Override
    public void counted(int regions) {
      count = regions;
    }
  }

  private final Regions regions = new Regions();
  private long now;
  private final Api api = new Api();
  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          api,
          api,
          new CallLimits(10),
          () -> now,
          new RateLimitedLambda.Listeners(WaitListener.NOBODY, regions));

  private static String arn(String account, String name) {
    return "arn:aws:lambda:eu-west-1:" + account + ":function:" + name;
  }

  private static Target in(String account) {
    return new Target("eu-west-1", arn(account, "mails"));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  /** Uses up what the shared quota allows at once. */
  private void useUpControl() {
    while (lambda.reserveUpdate("busy", ORDERS) instanceof Reservation.Granted granted) {
      lambda.update(granted, ORDERS, new TreeMap<>(), "r1");
    }
    api.calls.clear();
  }

  @Test
  void aPlanIsMadeFromGetFunctionConfiguration() {
    // When
    lambda.read("a", ORDERS, Priority.READ);

    // Then
    assertThat(api.calls).containsExactly("GetFunctionConfiguration");
  }

  @Test
  void aRunningUpdateIsLookedAtByGetFunction() {
    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(api.calls).containsExactly("GetFunction");
  }

  @Test
  void whereTheSharedQuotaIsUsedUpGetFunctionReads() {
    // Given
    useUpControl();

    // When
    CallResult<Answer> read = lambda.read("a", ORDERS, Priority.READ);

    // Then
    assertThat(read).isInstanceOf(CallResult.Answered.class);
    assertThat(api.calls).containsExactly("GetFunction");
  }

  @Test
  void withoutTheRightToGetFunctionTheOtherOneIsUsedForAnHour() {
    // Given
    api.getFunction = DENIED;

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);
    lambda.poll("b", ORDERS, Priority.SETTLE);
    pass(Duration.ofMinutes(61));
    lambda.poll("c", ORDERS, Priority.SETTLE);

    // Then
    assertThat(api.calls)
        .containsExactly(
            "GetFunction",
            "GetFunctionConfiguration",
            "GetFunctionConfiguration",
            "GetFunction",
            "GetFunctionConfiguration");
  }

  @Test
  void anEndpointThatHasNoGetFunctionIsNoFunctionThatIsMissing() {
    // Given
    api.getFunction = new Failure("HTTP404", null, 404, null);

    // When
    CallResult<Answer> polled = lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(polled)
        .isInstanceOfSatisfying(
            CallResult.Answered.class,
            answered -> assertThat(answered.answer()).isInstanceOf(Answer.Described.class));
  }

  @Test
  void anEndpointThatSaysThatItDoesNotKnowGetFunctionIsReadOtherwise() {
    // Given
    api.getFunction = new Failure("UnknownOperationException", null, 400, null);

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(api.calls).containsExactly("GetFunction", "GetFunctionConfiguration");
  }

  @Test
  void aFunctionThatIsMissingIsAnAnswer() {
    // Given
    api.getFunction = new Failure("ResourceNotFoundException", "Function not found", 404, null);

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(api.calls).containsExactly("GetFunction");
  }

  @Test
  void whoWaitsToUpdateKeepsItsTurnWhileItReads() {
    // Given
    useUpControl();
    assertThat(lambda.reserveUpdate("a", ORDERS)).isInstanceOf(Reservation.Deferred.class);
    lambda.read("a", ORDERS, Priority.READ);

    // When
    pass(Duration.ofMillis(110));
    List<String> first = lambda.due();
    pass(Duration.ofMillis(100));
    List<String> second = lambda.due();

    // Then
    assertThat(first).containsExactly("busy");
    assertThat(second).containsExactly("a");
    assertThat(lambda.reserveUpdate("a", ORDERS)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void aRegionWhoseEndpointIsAwayDoesNotDelayAnother() {
    // Given
    api.all = new Failure(Failure.ENDPOINT_UNREACHABLE, "refused", 0, null);
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      lambda.read("a" + i, ORDERS, Priority.READ);
    }
    assertThat(lambda.read("a", ORDERS, Priority.READ)).isInstanceOf(CallResult.Unavailable.class);
    api.all = null;

    // When
    CallResult<Answer> elsewhere =
        lambda.read("b", new Target("us-east-1", "orders"), Priority.READ);

    // Then
    assertThat(elsewhere).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void anArnOfTheOperatorsAccountIsChargedToIt() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    useUpControl();

    // Then
    assertThat(lambda.reserveUpdate("b", in(HOME))).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void anotherAccountHasABudgetOfItsOwnOnceAFunctionThereWasDescribed() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    useUpControl();
    assertThat(lambda.reserveUpdate("c", in(OTHER))).isInstanceOf(Reservation.Deferred.class);

    // When
    lambda.poll("c", in(OTHER), Priority.SETTLE);

    // Then
    assertThat(lambda.reserveUpdate("d", in(OTHER))).isInstanceOf(Reservation.Granted.class);
    assertThat(lambda.reserveUpdate("e", in("888888888888")))
        .isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void anAccountThatOnlyRefusesIsChargedToTheOperators() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    api.all = DENIED;
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      lambda.read("b", in(OTHER), Priority.READ);
    }
    api.all = null;

    // When
    useUpControl();

    // Then
    assertThat(lambda.reserveUpdate("c", in(OTHER))).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void aFunctionThatMayNotBeReadAtAllDoesNotTakeGetFunctionFromOthers() {
    // Given
    api.getFunction = DENIED;
    api.configuration = DENIED;
    lambda.poll("stranger", in(OTHER), Priority.SETTLE);
    api.getFunction = null;
    api.configuration = null;
    api.calls.clear();

    // When
    lambda.poll("a", ORDERS, Priority.SETTLE);

    // Then
    assertThat(api.calls).containsExactly("GetFunction");
  }

  @Test
  void anAccountWhoseLastResourceGoesHasToBeDescribedAnew() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    lambda.read("c", in(OTHER), Priority.READ);
    useUpControl();
    assertThat(lambda.reserveUpdate("c", in(OTHER))).isInstanceOf(Reservation.Granted.class);

    // When
    lambda.forget("c");

    // Then
    assertThat(lambda.reserveUpdate("d", in(OTHER))).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void whoComesAndGoesFindsItsBudgetAsItWasLeft() {
    // Given
    useUpControl();

    // When
    lambda.forget("busy");
    lambda.forget("a");

    // Then
    assertThat(lambda.accounts().isUsed("eu-west-1")).isFalse();
    assertThat(lambda.reserveUpdate("a", ORDERS)).isInstanceOf(Reservation.Deferred.class);
  }

  @Test
  void theBudgetsOfAResourceMoveWithIt() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);
    useUpControl();
    lambda.forget("busy");
    lambda.reserveUpdate("c", in(OTHER));
    assertThat(lambda.isAwaited()).isTrue();

    // When
    lambda.poll("c", in(OTHER), Priority.SETTLE);
    Reservation reservation = lambda.reserveUpdate("c", in(OTHER));

    // Then
    assertThat(reservation).isInstanceOf(Reservation.Granted.class);
    assertThat(lambda.isAwaited()).isFalse();
  }

  @Test
  void aResourceThatIsGoneLeavesNoPlaceAndTheLastOneItsRegion() {
    // Given
    useUpControl();
    lambda.read("busy", ORDERS, Priority.READ);
    lambda.reserveUpdate("a", ORDERS);
    assertThat(lambda.isAwaited()).isTrue();

    // When
    lambda.forget("busy");
    lambda.forget("a");
    lambda.forget("a");

    // Then
    assertThat(lambda.isAwaited()).isFalse();
    assertThat(regions.unused).containsExactly("eu-west-1");
  }

  @Test
  void theSweepOfARegionUsesItUntilItEnds() {
    // Given
    lambda.list("eu-west-1", null);
    lambda.read("a", ORDERS, Priority.READ);

    // When
    lambda.forget("a");

    // Then
    assertThat(regions.unused).isEmpty();

    // When
    lambda.forgetSweep("eu-west-1");

    // Then
    assertThat(regions.unused).containsExactly("eu-west-1");
  }

  @Test
  void aResourceThatMovesToAnotherRegionLeavesTheFirst() {
    // Given
    lambda.read("a", ORDERS, Priority.READ);

    // When
    lambda.read("a", new Target("us-east-1", "orders"), Priority.READ);

    // Then
    assertThat(regions.used).containsExactly("eu-west-1", "us-east-1");
    assertThat(regions.unused).containsExactly("eu-west-1");
    assertThat(regions.count).isEqualTo(2);
  }

  @Test
  void whatIsAskedOfARegionThatNobodyCallsMakesNothing() {
    // When
    double perSecond = lambda.perSecond("us-east-1");
    double reads = lambda.readsPerSecond("us-east-1");

    // Then
    assertThat(perSecond).isEqualTo(10);
    assertThat(reads).isEqualTo(10);
    assertThat(lambda.accounts().isUsed("us-east-1")).isFalse();
  }

  @Test
  void aReadThatCannotWaitIsOwed() {
    // Given
    useUpControl();

    // When
    Answer answer = lambda.readNow(ORDERS);
    pass(Duration.ofMillis(100));

    // Then
    assertThat(answer).isInstanceOf(Answer.Described.class);
    assertThat(lambda.reserveUpdate("busy", ORDERS)).isInstanceOf(Reservation.Deferred.class);
  }
}
